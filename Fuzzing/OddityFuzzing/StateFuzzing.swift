import OddityDatasets
import OddityDetectors
import OddityFiles
import OddityPlatform

@testable import OddityCommands

/// The reader of what `oddity watch` remembers, and what goes on from there.
enum StateFuzzing {
    private static let detector: FittedSeriesDetector? = {
        let path = getenv("ODDITY_FUZZING_MODEL").map { String(cString: $0) } ?? ""
        return try? FittedSeriesDetector(reading: path)
    }()

    /// - Parameter bytes: a state without its checksum.
    static func run(_ bytes: [UInt8]) {
        guard let detector else { preconditionFailure("ODDITY_FUZZING_MODEL names no model") }
        _ = try? WatchState(decoding: bytes, path: "state")
        guard bytes.first == UInt8(ascii: "{"),
            let state = try? WatchState(decoding: SealedJSON.seal(bytes), path: "state")
        else { return }
        if let position = state.input?.position {
            let decoder = RowDecoder(
                schema: detector.requiredSchema,
                keeping: Set(detector.keyColumns),
                format: state.input?.isJSON == true ? .jsonLines : .delimited(nil)
            )
            decoder.resume(at: position)
            _ = try? decoder.feed(Array("1,2,3\n\"4\",5,6\n".utf8))
        }
        guard var scorer = try? SeriesScorer(detector, resuming: state.scorer),
            let table = try? rows(for: detector), var alarms = try? SeriesAlarms(detector)
        else { return }
        if alarms.isLike(state.alarms) { alarms = state.alarms }
        guard let scores = try? scorer.scores(of: table, reasonCount: 2) else { return }
        for (index, row) in scores.enumerated() { _ = alarms.add(row, number: index + 1) }
    }

    /// Rows of every column that the detector needs.
    private static func rows(for detector: FittedSeriesDetector) throws -> Table {
        let numbers = detector.requiredSchema.columns.map { column in
            Column(column.name, (0..<8).map { Double($0 % 3) })
        }
        let keys = detector.keyColumns.map { name in
            Column(
                name: name,
                values: .text((0..<8).map { "2026-03-01T00:0\($0):00Z" })
            )
        }
        return try Table(columns: numbers + keys)
    }
}
