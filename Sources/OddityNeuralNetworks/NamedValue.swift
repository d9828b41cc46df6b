/// A name with an optional number, as people write it: `relu`, `leaky-relu(0.2)`.
struct NamedValue {
    let name: String
    let value: Float?

    init(name: String, value: Float?) {
        self.name = name
        self.value = value
    }

    /// Reads `name` or `name(number)`; nil for anything else.
    init?(_ text: String) {
        guard let open = text.firstIndex(of: "(") else {
            self.init(name: text, value: nil)
            return
        }
        guard text.hasSuffix(")") else { return nil }
        let digits = text[text.index(after: open)...].dropLast()
        guard let value = Float(digits), value.isFinite else { return nil }
        self.init(name: String(text[..<open]), value: value)
    }

    /// The text that ``init(_:)`` reads; the number is left out when it is the usual one.
    func text(usual: Float?) -> String {
        guard let value, value != usual else { return name }
        return "\(name)(\(value))"
    }
}
