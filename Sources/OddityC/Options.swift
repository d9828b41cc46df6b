internal import OddityDatasets

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Options by name, whose kinds are checked as they are asked for.
struct Options {
    typealias Name = FitConfiguration.Option

    private let values: [String: Value]

    /// A value of JSON.
    enum Value: Decodable {
        case null
        case flag(Bool)
        case integer(Int)
        case number(Double)
        case text(String)
        case list([Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let integer = try? container.decode(Int.self) {
                self = .integer(integer)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .list(try container.decode([Value].self))
            }
        }
    }

    /// Reads a JSON object.
    ///
    /// - Throws: ``InvalidArgument`` for what is none, and for names that there are not.
    init(_ json: String) throws {
        do {
            values = try JSONDecoder().decode([String: Value].self, from: Data(json.utf8))
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
    func value(_ name: Name) -> Value? {
        guard let value = values[name.rawValue] else { return nil }
        if case .null = value { return nil }
        return value
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

    /// A value that is chosen by its name.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: Name) throws -> Choice?
    where Choice.RawValue == String {
        try named(name, Choice.allCases.map(\.rawValue)) { Choice(rawValue: $0) }
    }

    /// A value that is made of its name.
    ///
    /// - Parameter names: those that there are, for the error.
    func named<Choice>(
        _ name: Name,
        _ names: [String],
        _ make: (String) -> Choice?
    ) throws -> Choice? {
        guard let value = value(name) else { return nil }
        guard case .text(let text) = value, let choice = make(text) else {
            throw invalid(name, "one of \(names.joined(separator: ", "))")
        }
        return choice
    }
}
