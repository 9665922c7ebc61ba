package dev.premortem.source.operator;

import java.util.List;

/** Databases and what stands in front of them. */
final class Databases {
    static final List<Made> ALL = List.of(
            Made.of(
                    "postgresql.cnpg.io",
                    "Cluster",
                    "https://cloudnative-pg.io/documentation/current/service_management/",
                    Pods.named("{name}")
                            .count("spec.instances", 1)
                            .storage("spec.storage")
                            .labels(
                                    "cnpg.io/cluster={name}",
                                    "cnpg.io/podRole=instance",
                                    "cnpg.io/instanceRole=primary")
                            .services("{name}-rw", "{name}-ro", "{name}-r")),
            Made.of(
                    "postgresql.cnpg.io",
                    "Pooler",
                    "https://cloudnative-pg.io/documentation/current/connection_pooling/",
                    Pods.stateless("{name}")
                            .count("spec.instances", 1)
                            .labels("cnpg.io/poolerName={name}")
                            .services("{name}")
                            .needs("{spec.cluster.name}-rw")),
            Made.of(
                    "acid.zalan.do",
                    "postgresql",
                    "https://postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest/",
                    Pods.stateful("{name}")
                            .count("spec.numberOfInstances", 1)
                            .storage("spec.volume")
                            .labels("application=spilo", "cluster-name={name}", "spilo-role=master")
                            .services("{name}", "{name}-repl"),
                    Pods.stateless("{name}-pooler")
                            .count("spec.connectionPooler.numberOfInstances", 2)
                            .labels("application=db-connection-pooler", "cluster-name={name}")
                            .services("{name}-pooler")
                            .needs("{name}")
                            .where("spec.enableConnectionPooler")),
            Made.of(
                    "postgres-operator.crunchydata.com",
                    "PostgresCluster",
                    "https://access.crunchydata.com/documentation/postgres-operator/latest/",
                    Pods.named("{name}")
                            .sum("spec.instances", "replicas", 1)
                            .storage("spec.instances")
                            .labels("postgres-operator.crunchydata.com/cluster={name}")
                            .services("{name}-primary", "{name}-replicas", "{name}-ha"),
                    Pods.stateless("{name}-pgbouncer")
                            .count("spec.proxy.pgBouncer.replicas", 1)
                            .labels("postgres-operator.crunchydata.com/role=pgbouncer", "cluster={name}")
                            .services("{name}-pgbouncer")
                            .needs("{name}-primary")
                            .where("spec.proxy.pgBouncer")),
            Made.of(
                    "pxc.percona.com",
                    "PerconaXtraDBCluster",
                    "https://docs.percona.com/percona-operator-for-mysql/pxc/operator.html",
                    Pods.stateful("{name}-pxc")
                            .count("spec.pxc.size", 3)
                            .storage("spec.pxc.volumeSpec")
                            .labels("app.kubernetes.io/instance={name}", "app.kubernetes.io/component=pxc")
                            .services("{name}-pxc"),
                    Pods.stateful("{name}-haproxy")
                            .count("spec.haproxy.size", 3)
                            .labels("app.kubernetes.io/instance={name}", "app.kubernetes.io/component=haproxy")
                            .services("{name}-haproxy", "{name}-haproxy-replicas")
                            .needs("{name}-pxc")
                            .where("spec.haproxy.enabled"),
                    Pods.stateful("{name}-proxysql")
                            .count("spec.proxysql.size", 3)
                            .storage("spec.proxysql.volumeSpec")
                            .labels("app.kubernetes.io/instance={name}", "app.kubernetes.io/component=proxysql")
                            .services("{name}-proxysql")
                            .needs("{name}-pxc")
                            .where("spec.proxysql.enabled")),
            Made.of(
                    "psmdb.percona.com",
                    "PerconaServerMongoDB",
                    "https://docs.percona.com/percona-operator-for-mongodb/operator.html",
                    Pods.named("{name}-replsets")
                            .sum("spec.replsets", "size", 3)
                            .storage("spec.replsets")
                            .labels("app.kubernetes.io/instance={name}", "app.kubernetes.io/component=mongod")
                            .services("{name}-{item.name}"),
                    Pods.stateful("{name}-mongos")
                            .count("spec.sharding.mongos.size", 3)
                            .labels("app.kubernetes.io/instance={name}", "app.kubernetes.io/component=mongos")
                            .services("{name}-mongos")
                            .where("spec.sharding.enabled")),
            Made.of(
                    "pgv2.percona.com",
                    "PerconaPGCluster",
                    "https://docs.percona.com/percona-operator-for-postgresql/2.0/operator.html",
                    Pods.named("{name}")
                            .sum("spec.instances", "replicas", 1)
                            .storage("spec.instances")
                            .labels("postgres-operator.crunchydata.com/cluster={name}")
                            .services("{name}-primary", "{name}-replicas", "{name}-ha"),
                    Pods.stateless("{name}-pgbouncer")
                            .count("spec.proxy.pgBouncer.replicas", 1)
                            .labels("postgres-operator.crunchydata.com/role=pgbouncer", "cluster={name}")
                            .services("{name}-pgbouncer")
                            .needs("{name}-primary")
                            .where("spec.proxy.pgBouncer")),
            Made.of(
                    "k8s.mariadb.com",
                    "MariaDB",
                    "https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/high_availability.md",
                    Pods.stateful("{name}")
                            .storage("spec.storage")
                            .labels("app.kubernetes.io/name=mariadb", "app.kubernetes.io/instance={name}")
                            .services("{name}", "{name}-primary", "{name}-secondary", "{name}-internal")),
            Made.of(
                    "k8s.mariadb.com",
                    "MaxScale",
                    "https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/maxscale.md",
                    Pods.stateful("{name}")
                            .labels("app.kubernetes.io/name=maxscale", "app.kubernetes.io/instance={name}")
                            .services("{name}")
                            .needs("{spec.mariaDbRef.name}-internal")),
            Made.of(
                    "mongodbcommunity.mongodb.com",
                    "MongoDBCommunity",
                    "https://github.com/mongodb/mongodb-kubernetes-operator/blob/master/docs/deploy-configure.md",
                    Pods.stateful("{name}")
                            .count("spec.members", 1)
                            .storage("spec.statefulSet")
                            .labels("app={name}-svc")
                            .services("{name}-svc")),
            Made.of(
                    "dragonflydb.io",
                    "Dragonfly",
                    "https://www.dragonflydb.io/docs/managing-dragonfly/operator/installation",
                    Pods.stateful("{name}").labels("app={name}", "role=master").services("{name}")),
            Made.of(
                    "databases.spotahome.com",
                    "RedisFailover",
                    "https://github.com/spotahome/redis-operator#readme",
                    Pods.stateful("rfr-{name}")
                            .count("spec.redis.replicas", 3)
                            .storage("spec.redis.storage.persistentVolumeClaim")
                            .labels(
                                    "app.kubernetes.io/component=redis",
                                    "app.kubernetes.io/name={name}",
                                    "redisfailovers-role=master")
                            .services("rfrm-{name}", "rfrs-{name}"),
                    Pods.deployment("rfs-{name}")
                            .count("spec.sentinel.replicas", 3)
                            .labels("app.kubernetes.io/component=sentinel", "app.kubernetes.io/name={name}")
                            .services("rfs-{name}")),
            Made.of(
                    "redis.redis.opstreelabs.in",
                    "Redis",
                    "https://redis-operator.opstree.dev/docs/",
                    Pods.stateful("{name}")
                            .count("spec.none", 1)
                            .storage("spec.storage")
                            .labels("app={name}", "redis_setup_type=standalone")
                            .services("{name}")),
            Made.of(
                    "redis.redis.opstreelabs.in",
                    "RedisReplication",
                    "https://redis-operator.opstree.dev/docs/",
                    Pods.stateful("{name}")
                            .count("spec.clusterSize", 3)
                            .storage("spec.storage")
                            .labels("app={name}", "redis_setup_type=replication")
                            .services("{name}", "{name}-master", "{name}-replica")),
            Made.of(
                    "redis.redis.opstreelabs.in",
                    "RedisCluster",
                    "https://redis-operator.opstree.dev/docs/",
                    Pods.stateful("{name}-leader")
                            .count("spec.clusterSize", 3)
                            .storage("spec.storage")
                            .labels("app={name}-leader", "redis_setup_type=cluster")
                            .services("{name}-leader", "{name}-master"),
                    Pods.stateful("{name}-follower")
                            .count("spec.clusterSize", 3)
                            .storage("spec.storage")
                            .labels("app={name}-follower", "redis_setup_type=cluster")
                            .services("{name}-follower")),
            Made.of(
                    "redis.redis.opstreelabs.in",
                    "RedisSentinel",
                    "https://redis-operator.opstree.dev/docs/",
                    Pods.stateful("{name}-sentinel")
                            .count("spec.clusterSize", 3)
                            .labels("app={name}-sentinel", "redis_setup_type=sentinel")
                            .services("{name}-sentinel")),
            Made.of(
                    "clickhouse.altinity.com",
                    "ClickHouseInstallation",
                    "https://github.com/Altinity/clickhouse-operator/blob/master/docs/quick_start.md",
                    Pods.named("chi-{name}")
                            .sum("spec.configuration.clusters", "layout.replicasCount", 1)
                            .labels("clickhouse.altinity.com/chi={name}")
                            .services("clickhouse-{name}")));

    private Databases() {}
}
