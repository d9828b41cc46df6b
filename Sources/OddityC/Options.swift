internal import OddityDatasets
internal import OddityRecords

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Options by name, whose kinds are checked as they are asked for.
struct Options<Name: RawRepresentable & CaseIterable & Hashable> where Name.RawValue == String {
    private let values: [String: OptionValue]

    /// Reads a JSON object.
    ///
    /// - Parameter json: nil for no options.
    /// - Throws: ``InvalidArgument`` for what is none, and for names that there are not.
    init(_ json: UnsafePointer<CChar>?) throws(InvalidArgument) {
        let json = try json == nil ? "{}" : OddityC.text(json, "the configuration")
        do {
            values = try JSONDecoder().decode([String: OptionValue].self, from: Data(json.utf8))
        } catch {
            throw InvalidArgument(
                "the configuration is no JSON object of options; write it as {\"epochs\": 100}"
            )
        }
        let known = Name.allCases.map(\.rawValue)
        let unknown = values.keys.filter { !known.contains($0) }.sorted()
        guard unknown.isEmpty else {
            let listed = unknown.map { nameWithNearMatches($0, in: known) }
            throw InvalidArgument(
                "no option \(listed.joined(separator: ", ")); there are "
                    + known.sorted().joined(separator: ", ")
            )
        }
    }

    func invalid(_ name: Name, _ wanted: String) -> InvalidArgument {
        InvalidArgument("option \(name.rawValue) takes \(wanted)")
    }

    /// The value of an option; nil where it is not given.
    func value(_ name: Name) -> OptionValue? {
        guard let value = values[name.rawValue] else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// The first of some options that is given.
    func firstGiven(of names: Name...) -> Name? { firstGiven(in: Set(names)) }

    /// The first of some options that is given, in the order of all.
    func firstGiven(in names: Set<Name>) -> Name? {
        Name.allCases.first { names.contains($0) && value($0) != nil }
    }

    func flag(_ name: Name) throws(InvalidArgument) -> Bool? {
        switch value(name) {
        case nil: return nil
        case .flag(let flag): return flag
        default: throw invalid(name, "true or false")
        }
    }

    func integer(_ name: Name) throws(InvalidArgument) -> Int? {
        switch value(name) {
        case nil: return nil
        case .integer(let integer): return integer
        default: throw invalid(name, "a whole number")
        }
    }

    func number(_ name: Name) throws(InvalidArgument) -> Double? {
        switch value(name) {
        case nil: return nil
        case .integer(let integer): return Double(integer)
        case .number(let number): return number
        default: throw invalid(name, "a number")
        }
    }

    func text(_ name: Name) throws(InvalidArgument) -> String? {
        switch value(name) {
        case nil: return nil
        case .text(let text): return text
        default: throw invalid(name, "a text")
        }
    }

    /// The texts of a list; empty where it is not given.
    func texts(_ name: Name) throws(InvalidArgument) -> [String] {
        guard let value = value(name) else { return [] }
        guard case .list(let items) = value else { throw invalid(name, "a list of names") }
        var texts: [String] = []
        for item in items {
            guard case .text(let text) = item else { throw invalid(name, "a list of names") }
            texts.append(text)
        }
        return texts
    }

    func integers(_ name: Name) throws(InvalidArgument) -> [Int]? {
        guard let value = value(name) else { return nil }
        guard case .list(let items) = value else { throw invalid(name, "a list of whole numbers") }
        var integers: [Int] = []
        for item in items {
            guard case .integer(let integer) = item else {
                throw invalid(name, "a list of whole numbers")
            }
            integers.append(integer)
        }
        return integers
    }

    /// A value of the library that is chosen by its name.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: Name
    ) throws(InvalidArgument) -> Choice? where Choice.RawValue == String {
        guard let value = value(name) else { return nil }
        guard case .text(let text) = value, let choice = Choice(rawValue: text) else {
            throw invalid(name, oneOf(Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    /// A value that is chosen by its name.
    func named<Choice: NamedChoice>(_ name: Name) throws(InvalidArgument) -> Choice? {
        guard let value = value(name) else { return nil }
        guard case .text(let text) = value, let choice = Choice(named: text) else {
            throw invalid(name, oneOf(Choice.names))
        }
        return choice
    }

    /// A value that is a name or a number.
    func described<Choice: NamedChoice>(_ name: Name) throws(InvalidArgument) -> Choice? {
        guard let value = value(name) else { return nil }
        let text: String? =
            switch value {
            case .text(let text): text
            case .integer(let integer): "\(integer)"
            case .number(let number): "\(number)"
            default: nil
            }
        guard let text, let choice = Choice(named: text) else {
            throw invalid(name, oneOf(Choice.names))
        }
        return choice
    }

    private func oneOf(_ names: [String]) -> String { "one of \(names.joined(separator: ", "))" }
}
