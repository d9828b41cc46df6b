package import OddityDatasets
package import OddityDetectors
package import OdditySeries

/// The rows of a series, chunk by chunk, from a table or an array.
package enum SeriesSource {
    case table(any TableSource)
    case array(ArraySeries)

    /// Opens the rows that a detector scores.
    ///
    /// - Parameter keeping: columns to keep as text beside those that the detector needs.
    package init(
        _ path: String,
        for detector: FittedSeriesDetector,
        keeping: Set<String> = [],
        options: ReadingOptions
    ) throws {
        try refuseModel(path)
        let kept = keeping.union(detector.keyColumns)
        if ArraySeries.isSeries(path: path, format: options.format) {
            let array = try ArraySeries(path: path)
            let found = Set(array.schema.names)
            let missing = (detector.requiredSchema.names + kept.sorted()).filter {
                !found.contains($0)
            }
            guard missing.isEmpty else {
                throw MisplacedFile(
                    description:
                        "\(path): the model needs \(missing.prefix(6).joined(separator: ", ")), and an "
                        + "array of \(counted(found.count, "channel")) has not; give data like those "
                        + "it was fitted to"
                )
            }
            self = .array(array)
        } else {
            let reader = try TableFormats.open(path, options)
            do {
                try reader.select(detector.requiredSchema, keeping: kept)
            } catch let error as DatasetError
                where error.code == .missingColumns && !keeping.isSubset(of: reader.columnNames)
            {
                // An option names these columns, the model the others.
                throw DatasetError(.unknownColumn, error.message, at: error.location)
            }
            self = .table(reader)
        }
    }

    /// The next rows, or nil at the end.
    package mutating func nextChunk() throws -> Table? {
        switch self {
        case .table(let reader): return try reader.nextChunk()
        case .array(var array):
            let chunk = try array.nextChunk()
            self = .array(array)
            return chunk
        }
    }

    /// The next rows, cut where rows could not be read; nil at the end.
    package mutating func nextParts() throws -> [TablePart]? {
        guard case .table(let reader) = self else { return try nextChunk().map { [.rows($0)] } }
        return try reader.nextParts(keepingInfinities: false)
    }

    /// Columns that the model does not use.
    package var extraColumns: [String] {
        if case .table(let reader) = self { reader.extraColumns } else { [] }
    }
}
