internal import ArgumentParser

/// Values with commas between them, such as `128,32`.
struct CommaSeparated<Element: ExpressibleByArgument>: ExpressibleByArgument {
    let values: [Element]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        values = parts.compactMap { Element(argument: String($0)) }
        guard values.count == parts.count else { return nil }
    }

    static var allValueStrings: [String] { Element.allValueStrings }
}
