/// A part of the model card: what the model is, in pairs of names and values.
public struct ModelCardSection: Equatable, Sendable {
    /// One fact.
    public struct Entry: Equatable, Sendable {
        /// What it is about.
        public var name: String
        /// The fact; long texts are cut off in the page.
        public var value: String

        /// Makes an entry.
        ///
        /// - Parameters:
        ///   - name: What it is about.
        ///   - value: The fact.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the section is about, such as “Data” or “Calibration”.
    public var title: String
    /// The facts, in order.
    public var entries: [Entry]

    /// Makes a section.
    ///
    /// - Parameters:
    ///   - title: What the section is about.
    ///   - entries: The facts, in order.
    public init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }
}
