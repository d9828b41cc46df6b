internal import OddityFailures

/// Puts the errors of JSON coders into one line.
enum ManifestProblem {
    static func text(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "no “\(key.stringValue)”\(place(context.codingPath))"
        case DecodingError.valueNotFound(_, let context):
            "no value\(place(context.codingPath))"
        case DecodingError.typeMismatch(let type, let context):
            "\(type) expected\(place(context.codingPath))"
        case DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not valid JSON"
                : "bad value\(place(context.codingPath)): "
                    + printable(context.debugDescription, limit: 160)
        case EncodingError.invalidValue(let value, let context):
            "\(String(describing: value).prefix(40))\(place(context.codingPath))"
        default:
            "unreadable"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        if path.isEmpty { return "" }
        let keys = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return " at \(ModelFileError.quoted(keys.joined(separator: ".")))"
    }
}
