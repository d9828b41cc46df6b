/// A named column of a table.
public struct Column: Equatable, Sendable {
    /// The values of a column, one for each row.
    public enum Values: Sendable {
        /// Numbers; NaN where missing.
        case numeric([Double])
        /// For each row the index of its level, or -1 where missing.
        ///
        /// The levels belong to the table: each chunk of a reader has a list of its own, of all
        /// levels in its rows and perhaps some of earlier chunks, so a code means nothing in
        /// another chunk. ``Table/joining(_:)`` matches levels by their text.
        case categorical(codes: [Int32], levels: [String])
        /// Plain text, for a label or another column that is kept and not used; nil where missing.
        case text([String?])
    }

    /// The column's name.
    public var name: String
    /// The values.
    public var values: Values

    /// Creates a column.
    public init(name: String, values: Values) {
        self.name = name
        self.values = values
    }

    /// Creates a numeric column; NaN stands for a missing value.
    public init(_ name: String, _ numbers: [Double]) {
        self.init(name: name, values: .numeric(numbers))
    }

    /// Creates a categorical column; nil stands for a missing value.
    public init(_ name: String, categories: [String?]) {
        var numbers: [String: Int32] = [:]
        var levels: [String] = []
        let codes = categories.map { text -> Int32 in
            guard let text else { return -1 }
            if let code = numbers[text] { return code }
            let code = Int32(levels.count)
            numbers[text] = code
            levels.append(text)
            return code
        }
        self.init(name: name, values: .categorical(codes: codes, levels: levels))
    }

    /// Creates a column of plain text; nil stands for a missing value.
    public init(_ name: String, text: [String?]) {
        self.init(name: name, values: .text(text))
    }

    /// The number of values.
    public var count: Int {
        switch values {
        case .numeric(let numbers): numbers.count
        case .categorical(let codes, _): codes.count
        case .text(let texts): texts.count
        }
    }

    /// The kind that a schema gives to such values; plain text is not used.
    public var kind: ColumnKind {
        switch values {
        case .numeric: .numeric
        case .categorical: .categorical
        case .text: .ignored
        }
    }

    /// The numbers of a numeric column, else nil.
    public var numbers: [Double]? {
        guard case .numeric(let numbers) = values else { return nil }
        return numbers
    }

    /// The values of a categorical or plain text column as text, else nil.
    public var texts: [String?]? {
        switch values {
        case .numeric: nil
        case .categorical(let codes, let levels): codes.map { $0 < 0 ? nil : levels[Int($0)] }
        case .text(let texts): texts
        }
    }
}

extension Column.Values: Equatable {
    /// Whether two columns hold the same values; missing numbers equal one another.
    public static func == (left: Column.Values, right: Column.Values) -> Bool {
        switch (left, right) {
        case (.numeric(let left), .numeric(let right)):
            left.elementsEqual(right) { $0 == $1 || ($0.isNaN && $1.isNaN) }
        case (.categorical(let left, let leftLevels), .categorical(let right, let rightLevels)):
            left == right && leftLevels == rightLevels
        case (.text(let left), .text(let right)): left == right
        default: false
        }
    }
}
