import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a strict XML parser finds in a text.
final class WellFormed: NSObject, XMLParserDelegate {
    private(set) var isWellFormed = false
    private(set) var elements: [String: Int] = [:]
    private(set) var attributes: [(name: String, value: String)] = []

    init(_ text: String) {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName qName: String?,
        attributes attributeDict: [String: String]
    ) {
        elements[elementName, default: 0] += 1
        attributes += attributeDict.map { (name: $0.key, value: $0.value) }
    }

    /// Whether no attribute holds a number that is none.
    var hasOnlyFiniteNumbers: Bool {
        let geometry: Set<String> = [
            "d", "x", "y", "cx", "cy", "r", "width", "height", "transform", "viewBox", "style",
        ]
        return attributes.allSatisfy { attribute in
            guard geometry.contains(attribute.name) else { return true }
            let value = attribute.value.lowercased()
            return !value.contains("nan") && !value.contains("inf")
        }
    }
}
