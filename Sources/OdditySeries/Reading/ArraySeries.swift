internal import OddityArrays
public import OddityDatasets
internal import OddityFiles
internal import OddityPlatform

/// A series in an array file (`.npy`, `.npz`, also `.npy.gz`), read in chunks.
///
/// The array has the dimensions (time, channels) or (time) and holds floats, integers or booleans. Its
/// columns are `channel_1`, `channel_2`, …; NaN is a missing value. Memory is bounded by the chunk;
/// compressed arrays are decompressed to a temporary file.
public struct ArraySeries {
    /// The path as it was given.
    public let path: String
    /// The number of rows.
    public let rowCount: Int
    /// The columns: all numeric.
    public let schema: Schema
    private let array: ArrayFile
    private let rowsPerChunk: Int
    private var nextRow = 0

    /// Opens an array.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - arrayName: The array to read from an `.npz` file; nil takes the only one of 1 or 2 dimensions.
    ///   - rowsPerChunk: The most rows in a chunk, which never has more than 4 million values.
    /// - Throws: `ArrayError` if it cannot be read, or has other dimensions or no row.
    /// - Precondition: `rowsPerChunk` is above 0.
    public init(path: String, arrayName: String? = nil, rowsPerChunk: Int = 4_096) throws {
        precondition(rowsPerChunk > 0, "a chunk has at least one row")
        let options = ArrayReadingOptions(content: .series, arrayName: arrayName)
        array = try ArrayFile.open(path, options: options) { try Self.check($0.shape, path) }
        self.path = path
        let shape = array.header.shape
        rowCount = shape[0]
        let channelCount = shape.count == 2 ? shape[1] : 1
        self.rowsPerChunk = max(1, min(rowsPerChunk, Self.valueLimit / channelCount))
        schema = Schema(
            columns: (1...channelCount).map {
                ColumnSchema(name: "channel_\($0)", kind: .numeric, reason: "a channel of an array")
            }
        )
    }

    /// Whether a path holds an array of one or two dimensions; what it is, its first bytes tell.
    ///
    /// An array whose header is wrong counts as one, so that reading it says what is wrong; an archive of anything else,
    /// such as a workbook, does not. Where the caller names another format, nothing is an array.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - format: The format that the caller names; nil to go by the first bytes.
    public static func isSeries(path: String, format: TableFormat? = nil) -> Bool {
        guard format == nil || format == .array, path != "-", Folder.kind(of: path) == .file,
            let file = try? InputFile(path: path, requiresRegularFile: true),
            let prefix = try? file.prefix(Self.prefixSize), ArrayFormat(prefix) != nil
        else { return false }
        return ArrayFile.shape(path, for: .series).map { 1...2 ~= $0.count }
            ?? ArrayFile.isMeantAsArray(path, prefix: prefix)
    }

    /// The rows and channels that the header of an array tells of, before anything is decompressed; nil where it does
    /// not tell.
    package static func size(path: String) -> (rowCount: Int, channelCount: Int)? {
        guard let shape = ArrayFile.shape(path, for: .series), 1...2 ~= shape.count else {
            return nil
        }
        return (shape[0], shape.count == 2 ? shape[1] : 1)
    }

    private static let prefixSize = 4_096
    private static let valueLimit = 4 << 20
    /// Names of more columns would take more memory than a hostile file has bytes.
    private static let channelLimit = 100_000

    /// The next rows; nil at the end.
    ///
    /// - Throws: `ArrayError` if the file cannot be read, or holds an infinite number.
    public mutating func nextChunk() throws -> Table? {
        guard nextRow < rowCount else { return nil }
        let first = nextRow
        let count = min(rowsPerChunk, rowCount - first)
        let element = array.header.element
        let channelCount = schema.columns.count
        let rowSize = channelCount * element.byteCount
        var bytes = [UInt8](repeating: 0, count: count * rowSize)
        try bytes.withUnsafeMutableBytes { try array.read(into: $0, at: first * rowSize) }
        let numbers = bytes.withUnsafeBytes { element.doubles($0) }
        if let wrong = numbers.firstIndex(where: { $0.isInfinite }) {
            throw ArrayError(
                .invalidValue,
                "row \(first + wrong / channelCount + 1) of channel_\(wrong % channelCount + 1) is"
                    + " infinite; correct it, or write NaN for a missing value",
                file: path
            )
        }
        let columns = schema.columns.enumerated().map { channel, column in
            let values = [Double](unsafeUninitializedCapacity: count) { target, filled in
                for row in 0..<count { target[row] = numbers[row * channelCount + channel] }
                filled = count
            }
            return Column(column.name, values)
        }
        nextRow += count
        return Table(schema: schema, rowCount: count, firstRow: first, columns: columns)
    }

    /// Reads all rows into memory, to fit on.
    ///
    /// - Throws: `ArrayError` as ``nextChunk()``.
    public mutating func readAll() throws -> Table { try readLast(rowCount) }

    /// Reads the last rows into memory, to fit on.
    ///
    /// - Parameter count: How many; all where there are fewer.
    /// - Throws: `ArrayError` as ``nextChunk()``.
    public mutating func readLast(_ count: Int) throws -> Table {
        let first = max(0, rowCount - count)
        nextRow = first
        let count = rowCount - first
        try checkMemory(rowCount: count)
        var columns = schema.columns.map { _ in [Double]() }
        for channel in columns.indices { columns[channel].reserveCapacity(count) }
        while let chunk = try nextChunk() {
            for (channel, column) in chunk.columns.enumerated() {
                columns[channel] += column.numbers ?? []
            }
        }
        return Table(
            schema: schema,
            rowCount: count,
            firstRow: first,
            columns: zip(schema.columns, columns).map { Column($0.name, $1) }
        )
    }

    /// Refuses what memory cannot hold, before it is asked for: a compressed array may be far larger than its
    /// file.
    private func checkMemory(rowCount: Int) throws(ArrayError) {
        // Shapes are checked when the file is opened: no product overflows.
        let byteCount = rowCount * schema.columns.count * MemoryLayout<Double>.stride
        guard let available = AvailableMemory.byteCount, byteCount > available else { return }
        throw ArrayError(
            .noMemory,
            "its \(rowCount) rows of \(schema.columns.count) channels take "
                + "\(AvailableMemory.text(byteCount)) of memory, and \(AvailableMemory.text(available)) are "
                + "free; give fewer rows",
            file: path
        )
    }

    private static func check(_ shape: [Int], _ path: String) throws(ArrayError) {
        let text = shape.map(String.init).joined(separator: ", ")
        guard shape.count == 1 || shape.count == 2 else {
            throw ArrayError(
                .invalidShape,
                "the shape (\(text)) is not (time, channels) or (time); save one series so",
                file: path
            )
        }
        guard shape.allSatisfy({ $0 > 0 }) else {
            throw ArrayError(
                .invalidShape,
                "the array of shape (\(text)) holds no numbers; give another",
                file: path
            )
        }
        guard shape.count == 1 || shape[1] <= channelLimit else {
            throw ArrayError(
                .invalidShape,
                "the shape (\(text)) has more than \(channelLimit) channels; save it as (time,"
                    + " channels)",
                file: path
            )
        }
    }
}

extension ArrayContent {
    /// One series.
    static let series = ArrayContent(
        dimensions: 1...2,
        name: "series",
        layout: "1 or 2 dimensions (time[, channels])",
        number: "value of a series"
    )
}
