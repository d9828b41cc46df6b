internal import ArgumentParser
internal import OddityRecords

/// A part of a group of arguments that knows whether it was given.
private protocol GivenArgument {
    /// The options of it that were given.
    ///
    /// - Parameter label: the property it stands in, such as `_clipGradients`.
    func given(as label: String) -> [String]
}

extension ParsableArguments {
    /// The options and flags that were given, as they are written; those that have a value in any case are not among
    /// them.
    ///
    /// They are found as the parser finds them, so that none can be forgotten.
    var given: [String] {
        Mirror(reflecting: self).children.flatMap { child -> [String] in
            guard let label = child.label, let part = child.value as? any GivenArgument else {
                return []
            }
            return part.given(as: label)
        }
    }

    /// The first option that was given.
    var firstGiven: String? { given.first }

    /// The first option that was given of some.
    func firstGiven(of options: String...) -> String? { given.first { options.contains($0) } }

    /// The first option that was given, other than some.
    func firstGiven(but options: String...) -> String? { given.first { !options.contains($0) } }

    /// Refuses options of series for what is none.
    func checkIsForSeries(_ data: String) throws {
        guard let option = firstGiven else { return }
        throw ValidationError("\(option) is for series, and \(shownPath(data)) holds none")
    }
}

extension Option: GivenArgument {
    fileprivate func given(as label: String) -> [String] {
        isGiven(wrappedValue) ? [optionName(label)] : []
    }
}

extension Flag: GivenArgument {
    fileprivate func given(as label: String) -> [String] {
        guard isGiven(wrappedValue) else { return [] }
        return [optionName(label, isNegative: wrappedValue as? Bool == false)]
    }
}

extension OptionGroup: GivenArgument {
    fileprivate func given(as label: String) -> [String] { wrappedValue.given }
}

/// Whether a value is another than that of an argument that was left out.
private func isGiven(_ value: Any) -> Bool {
    let content = Mirror(reflecting: value)
    switch content.displayStyle {
    case .optional, .collection: return !content.children.isEmpty
    default: return value as? Bool ?? false
    }
}

/// `--clip-gradients` for `_clipGradients`.
private func optionName(_ label: String, isNegative: Bool = false) -> String {
    label.drop { $0 == "_" }.reduce(into: isNegative ? "--no-" : "--") { name, letter in
        name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
}
