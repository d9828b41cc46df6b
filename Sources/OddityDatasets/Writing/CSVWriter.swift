package import OddityFiles

/// Writes rows of delimited text to a file or to standard output.
///
/// A file is written to a hidden file beside it and renamed by ``close()``; without that call, or
/// after an error, nothing is left behind. Text is quoted where it must be; numbers have the fewest
/// digits that read back as the same number; a missing value is an empty field.
///
/// A reader of standard output that goes away sends the signal SIGPIPE, which ends a program unless
/// it is ignored (`signal(SIGPIPE, SIG_IGN)`); then it is a ``DatasetError`` of code `brokenPipe`.
public final class CSVWriter {
    /// A field of a row.
    public enum Field: Equatable, Sendable {
        /// Text, quoted where it must be.
        case text(String)
        /// A number; NaN is written as a missing value.
        case number(Double)
        /// A number of single precision; NaN is written as a missing value.
        case single(Float)
        /// An integer.
        case integer(Int)
        /// No value.
        case missing
    }

    /// The number of fields of every row.
    public let columnCount: Int
    private let file: OutputFile
    private let delimiter: UInt8

    /// Opens the output and writes the header.
    ///
    /// - Parameters:
    ///   - path: The file to create or replace; `-` is standard output.
    ///   - columns: The columns' names.
    ///   - delimiter: The byte between fields.
    /// - Throws: ``DatasetError`` if the file cannot be created.
    public init(
        path: String,
        columns: [String],
        delimiter: UInt8 = CSVDialect.comma
    ) throws {
        precondition(!columns.isEmpty, "a table has at least one column")
        do {
            file = try OutputFile(path: path)
        } catch {
            throw DatasetError(error)
        }
        columnCount = columns.count
        self.delimiter = delimiter
        try write(columns.map { .text($0) })
    }

    /// Writes to a file that is open already.
    ///
    /// - Parameter writesHeader: Whether the file has no header yet.
    package init(
        file: OutputFile,
        columns: [String],
        writesHeader: Bool,
        delimiter: UInt8 = CSVDialect.comma
    ) throws {
        precondition(!columns.isEmpty, "a table has at least one column")
        self.file = file
        columnCount = columns.count
        self.delimiter = delimiter
        if writesHeader { try write(columns.map { .text($0) }) }
    }

    /// Writes a row.
    ///
    /// - Precondition: There is one field for every column, and the writer is not closed.
    /// - Throws: ``DatasetError`` if the output cannot be written; what was written is removed.
    public func write(_ row: [Field]) throws {
        precondition(row.count == columnCount, "a row has one field for every column")
        do {
            // A blank line, or one of delimiters only, would be passed over by readers.
            if row.allSatisfy(isEmpty) { try append("\"\"") }
            for (index, field) in row.enumerated() {
                if index > 0 { try file.append(delimiter) }
                try append(field)
            }
            try file.append(UInt8(ascii: "\n"))
        } catch {
            throw DatasetError(error)
        }
    }

    /// Writes all rows of a table, which has the writer's number of columns.
    ///
    /// - Throws: ``DatasetError`` if the output cannot be written; what was written is removed.
    public func write(contentsOf table: Table) throws {
        var row = [Field](repeating: .missing, count: table.columns.count)
        for index in 0..<table.rowCount {
            for (column, values) in table.columns.enumerated() {
                row[column] = values.field(at: index)
            }
            try write(row)
        }
    }

    /// Hands all rows to the operating system, so that a reader of a pipe sees them now.
    ///
    /// - Throws: ``DatasetError`` if the output cannot be written; what was written is removed.
    public func flush() throws {
        do {
            try file.flush()
        } catch {
            throw DatasetError(error)
        }
    }

    /// Completes the file, which now stands under its name.
    ///
    /// Closing again does nothing.
    ///
    /// - Throws: ``DatasetError`` if the output cannot be written; what was written is removed.
    public func close() throws {
        do {
            try file.close()
        } catch {
            throw DatasetError(error)
        }
    }

    private func append(_ field: Field) throws(FileError) {
        switch field {
        case .text(let text): try appendQuoting(text)
        case .number(let number): if !number.isNaN { try appendNumber(number.description) }
        case .single(let number): if !number.isNaN { try appendNumber(number.description) }
        case .integer(let integer): try append(integer.description)
        case .missing: break
        }
    }

    private func isEmpty(_ field: Field) -> Bool {
        switch field {
        case .text(let text): text.isEmpty
        case .number(let number): number.isNaN
        case .single(let number): number.isNaN
        case .integer: false
        case .missing: true
        }
    }

    /// Writes Swift's description, the shortest text that reads back as the same number, without
    /// the `.0` of a whole number.
    private func appendNumber(_ description: String) throws(FileError) {
        try append(description) { bytes in
            let point = bytes.count - 2
            let isWhole =
                point > 0 && bytes[point] == UInt8(ascii: ".")
                && bytes[point + 1] == UInt8(ascii: "0")
            return isWhole ? UnsafeBufferPointer(rebasing: bytes[..<point]) : bytes
        }
    }

    private func append(
        _ text: String,
        part: (UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> = { $0 }
    ) throws(FileError) {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(FileError) in
                try file.append(UnsafeRawBufferPointer(part(bytes)))
            }
        }
        try result.get()
    }

    private func appendQuoting(_ text: String) throws(FileError) {
        guard needsQuotes(text) else { return try append(text) }
        let quote = UInt8(ascii: "\"")
        try file.append(quote)
        for byte in text.utf8 {
            if byte == quote { try file.append(quote) }
            try file.append(byte)
        }
        try file.append(quote)
    }

    private func needsQuotes(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return false }
        if FloatParser.isBlank(first) || FloatParser.isBlank(last) { return true }
        return bytes.contains {
            $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                || $0 == UInt8(ascii: "\r")
        }
    }
}

extension Column {
    /// The value of a row, as a field to write.
    fileprivate func field(at row: Int) -> CSVWriter.Field {
        switch values {
        case .numeric(let numbers): return .number(numbers[row])
        case .categorical(let codes, let levels):
            return codes[row] < 0 ? .missing : .text(levels[Int(codes[row])])
        case .text(let texts): return texts[row].map { .text($0) } ?? .missing
        }
    }
}
