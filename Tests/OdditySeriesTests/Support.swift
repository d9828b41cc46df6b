import Foundation
import OddityDatasets
import OdditySeries
import Testing

/// The path of a file that `scripts/make_series_fixtures.py` made.
func fixture(_ name: String) throws -> String {
    try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/" + name).path
}

/// The code of the error that `body` throws, which must be one line with a fix; nil for none.
func code(_ body: () throws -> Void) -> SeriesError.Code? {
    do {
        try body()
        return nil
    } catch let error as SeriesError {
        #expect(error.message.contains(";") && !error.message.contains("\n"))
        return error.code
    } catch {
        Issue.record("\(error) is no error of a series")
        return nil
    }
}

/// A table of texts of times and one channel.
func series(
    _ times: [String?],
    _ values: [Double]? = nil,
    entities: [String?]? = nil
) throws -> Table {
    var columns = [Column("time", text: times)]
    if let entities { columns.append(Column("machine", categories: entities)) }
    columns.append(Column("x", values ?? times.indices.map(Double.init)))
    return try Table(columns: columns)
}

/// The times of whole seconds after 2024-01-01.
func seconds(_ seconds: [Int]) -> [String?] {
    seconds.map { "\(Instant(nanoseconds: 1_704_067_200_000_000_000 + Int64($0) * 1_000_000_000))" }
}

/// One whole second in nanoseconds.
let second: Int64 = 1_000_000_000
