// Reads a tree with the parser that the linter itself uses and validates it with its plugins that need no network.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createDefaultMonokleValidator } from '@monokle/validation';
const root = process.argv[2];
const resources = [];
for (const file of readdirSync(root, { recursive: true }).filter(f => f.endsWith('.yaml')).sort()) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const document of parseAllDocuments(text)) {
    const content = document.toJS();
    resources.push({ id: file, fileId: file, filePath: file, fileOffset: 0, name: content.metadata.name, apiVersion: content.apiVersion, kind: content.kind, namespace: content.metadata.namespace, content, text });
  }
}
const validator = createDefaultMonokleValidator();
const offline = ['yaml-syntax', 'resource-links', 'pod-security-standards', 'practices', 'metadata'];
await validator.preload({ plugins: Object.fromEntries(['kubernetes-schema','open-policy-agent'].map(n=>[n,false]).concat(offline.map(n => [n, true]))) });
const answer = await validator.validate({ resources });
console.log(resources.length, 'resources;', answer.runs.map(r => r.tool.driver.name + ' ' + r.results.length).join(', '));
