public import OddityFailures

/// What is wrong with a file or a table, where, and how to fix it.
public struct DatasetError: Failure, Equatable {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// The file holds no bytes, or only blank lines.
        case emptyFile
        /// The file has a header and no data rows.
        case noRows
        /// The text is UTF-32, or UTF-16 where it comes row by row.
        case unsupportedEncoding
        /// The file is of a kind that holds no rows of text, such as a workbook or an archive.
        case otherFormat
        /// A zero byte, which no text file holds.
        case zeroByte
        /// A name or text value is not UTF-8.
        case invalidUTF8
        /// A quoted field never ends.
        case unterminatedQuote
        /// Something other than a delimiter follows a closing quote.
        case textAfterQuote
        /// A record is longer than the reader accepts.
        case recordTooLong
        /// A line is no JSON object.
        case invalidJSON
        /// A value of a JSON object is an object or an array itself.
        case nestedValue
        /// A row has more or fewer fields than the first one.
        case raggedRow
        /// Two columns have the same name.
        case duplicateColumn
        /// There are more columns than can be meant.
        case tooManyColumns
        /// An option names a column that is not there.
        case unknownColumn
        /// The file lacks columns that are needed.
        case missingColumns
        /// Columns look like numbers and cannot be read as such, or most columns are left out.
        case doubtfulColumns
        /// Options contradict one another.
        case conflictingOptions
        /// A numeric column holds text.
        case notANumber
        /// A numeric column holds an infinity or a number too large for a `Double`.
        case infiniteNumber
        /// The columns of a table differ in length.
        case unequalColumns
        /// Tables to be joined differ in their columns.
        case incompatibleTables
        /// A compressed file is damaged.
        case corruptGzip
        /// A compressed file ends early.
        case truncatedGzip
        /// A file compressed by zstd is damaged.
        case corruptZstd
        /// A file compressed by zstd ends early.
        case truncatedZstd
        /// A database is damaged.
        case corruptDatabase
        /// A database has no such table, or several of which none was named.
        case unknownTable
        /// A query to a database is wrong.
        case invalidQuery
        /// There is no such file or folder.
        case notFound
        /// The path is a folder.
        case isDirectory
        /// The file may not be opened.
        case permissionDenied
        /// The operating system failed to read.
        case readFailed
        /// The operating system failed to write.
        case writeFailed
        /// There is no space left to write to.
        case diskFull
        /// The program that read our output has gone.
        case brokenPipe
    }

    /// Who has to act on a fault.
    public enum Category: String, Sendable {
        /// The data or the choice of columns must be fixed; a command exits with 65.
        case data
        /// Reading or writing itself failed; a command exits with 74.
        case io
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and how to fix it, without the location.
    public let message: String
    /// Where it is wrong; nil for tables that were not read from a file.
    public let location: DataLocation?

    /// Creates an error.
    public init(_ code: Code, _ message: String, at location: DataLocation? = nil) {
        self.code = code
        self.message = message
        self.location = location
    }

    /// Whether the data or the reading and writing of it is at fault.
    public var category: Category {
        switch code {
        case .notFound, .isDirectory, .permissionDenied, .readFailed, .writeFailed, .diskFull,
            .brokenPipe:
            .io
        default: .data
        }
    }
}

extension DatasetError: CustomStringConvertible {
    /// One line: the location, what is wrong, and how to fix it.
    public var description: String {
        guard let location else { return message }
        return "\(location): \(message)"
    }
}

extension DatasetError {
    /// The caller for choices of columns and options, the system where reading or writing failed, else the data.
    public var blame: Blame {
        switch code {
        case .unknownColumn, .conflictingOptions, .unknownTable, .invalidQuery: .caller
        default: category == .io ? .system : .data
        }
    }

    /// Whether it tells a place.
    public var namesItsFile: Bool { location != nil }
    /// Whether the reader of a pipe has gone.
    public var isBrokenPipe: Bool { code == .brokenPipe }
}
