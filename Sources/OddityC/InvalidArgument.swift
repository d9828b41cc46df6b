internal import OddityFailures

/// An argument that cannot be used.
struct InvalidArgument: Failure {
    let description: String
    var blame: Blame { .caller }

    init(_ description: String) { self.description = description }
}

/// Work that its listener cancelled.
struct Cancelled: Failure {
    /// What was cancelled.
    var work = "fit"
    var description: String { "the \(work) was cancelled" }
    var blame: Blame { .caller }
}

/// The kind of an error in one word, such as `missing_columns`: its code, its case, or its type.
func errorCode(of error: any Error) -> String {
    let mirror = Mirror(reflecting: error)
    if let code = mirror.descendant("code") { return snakeCase("\(code)") }
    if mirror.displayStyle == .enum, let name = mirror.children.first?.label {
        return snakeCase(name)
    }
    return snakeCase("\(type(of: error))")
}

private func snakeCase(_ name: String) -> String {
    var text = ""
    for character in name {
        if character.isUppercase, !text.isEmpty, text.last?.isLowercase == true { text += "_" }
        text += character.lowercased()
    }
    return text
}
