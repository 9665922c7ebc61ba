import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes fault trees again with their definitions and the inputs of their gates in another order, which changes nothing of the answers and much for orders
 * of variables that follow a file: {@code java bench/aralia/Shuffle.java FOLDER OUT TIMES}, then {@code bench/aralia/run OUT}.
 */
final class Shuffle {
    private static final Set<String> ORDERLESS =
            Set.of("and", "or", "atleast", "xor", "nand", "nor", "define-fault-tree", "model-data");

    public static void main(String... args) throws Exception {
        File[] files = new File(args[0]).listFiles((folder, name) -> name.endsWith(".xml"));
        new File(args[1]).mkdirs();
        for (File file : files) {
            for (int time = 0; time < Integer.parseInt(args[2]); time++) {
                Document tree = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file);
                shuffle(tree.getDocumentElement(), new Random(file.getName().hashCode() * 31L + time));
                String name = file.getName().replace(".xml", "_" + time + ".xml");
                TransformerFactory.newDefaultInstance()
                        .newTransformer()
                        .transform(new DOMSource(tree), new StreamResult(new File(args[1], name)));
            }
        }
    }

    private static void shuffle(Element element, Random random) {
        List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element one) {
                children.add(one);
            }
        }
        children.forEach(child -> shuffle(child, random));
        if (ORDERLESS.contains(element.getTagName())) {
            Collections.shuffle(children, random);
            children.forEach(element::appendChild);
        }
    }
}
