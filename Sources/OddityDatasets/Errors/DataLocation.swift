internal import OddityFailures

/// The place in a file that an error speaks of.
public struct DataLocation: Hashable, Sendable, Codable {
    /// The path as it was given; `-` is standard input or output.
    public var file: String
    /// The physical line, counted from 1, on which the record starts.
    public var line: Int?
    /// The data row, counted from 1; the header is not a row.
    public var row: Int?
    /// The column's name.
    public var column: String?

    /// Creates a location from the parts that are known.
    public init(file: String, line: Int? = nil, row: Int? = nil, column: String? = nil) {
        self.file = file
        self.line = line
        self.row = row
        self.column = column
    }
}

extension DataLocation: CustomStringConvertible {
    /// The location as compilers print theirs, such as `train.csv:17: column "age"`; where there are no lines, by the row.
    public var description: String {
        var text = file == "-" ? "standard input" : printablePath(file)
        if let line {
            text += ":\(line)"
        } else if let row {
            text += ": row \(row)"
        }
        if let column { text += ": column \(quoted(column))" }
        return text
    }
}

/// Text from a file in double quotes, on one line and no longer than a reader can take in.
package func quoted(_ text: String) -> String { "\"" + printable(text) + "\"" }
