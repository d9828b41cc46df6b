/// A value that options choose by a name, the same one in every front end.
public protocol NamedChoice {
    /// Reads the name of a value; nil for another text.
    init?(named name: String)

    /// The names of all values, or the forms that they have.
    static var names: [String] { get }
}

extension NamedChoice where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) { self.init(rawValue: name) }

    /// The names of all values.
    public static var names: [String] { allCases.map(\.rawValue) }
}
