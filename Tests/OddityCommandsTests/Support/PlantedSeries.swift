import Foundation
import TestSupport

/// Two channels that go round together, one row each ten seconds, with planted steps of the second.
struct PlantedSeries {
    /// The rows of a series in order: time, unit, two values, label.
    struct Row {
        var time: Int
        var unit: String
        var values: [Double]
        var isAnomaly = false
    }

    static let header = "time,unit,a,b,label\n"
    var rows: [Row] = []

    /// Adds the rows of a unit.
    ///
    /// - Parameter events: the rows at which the second channel stands still far from the first.
    mutating func add(
        _ unit: String = "u1",
        rowCount: Int,
        seed: UInt64 = 1,
        events: [Range<Int>] = []
    ) {
        var random = Numbers(state: seed)
        for row in 0..<rowCount {
            let angle = Double(row) / 5
            let isAnomaly = events.contains { $0.contains(row) }
            rows.append(
                Row(
                    time: 1_767_225_600 + 10 * row,
                    unit: unit,
                    values: [
                        10 + sin(angle) + random.next() / 5,
                        isAnomaly ? 9 : 3 + cos(angle) + random.next() / 5,
                    ],
                    isAnomaly: isAnomaly
                )
            )
        }
    }

    /// The events of the rows as they stand, in one unit.
    static func unit(rowCount: Int, seed: UInt64 = 1, events: [Range<Int>] = []) -> PlantedSeries {
        var series = PlantedSeries()
        series.add(rowCount: rowCount, seed: seed, events: events)
        return series
    }

    var csv: String {
        PlantedSeries.header
            + rows.map {
                "\($0.time),\($0.unit),\($0.values[0]),\($0.values[1]),\($0.isAnomaly ? 1 : 0)\n"
            }.joined()
    }

    var jsonLines: String {
        rows.map {
            "{\"time\": \($0.time), \"unit\": \"\($0.unit)\", \"a\": \($0.values[0]), "
                + "\"b\": \($0.values[1]), \"label\": \($0.isAnomaly ? 1 : 0)}\n"
        }.joined()
    }

    /// The values as an array of (time, channels).
    var array: [UInt8] { npy(rows.flatMap(\.values), shape: "(\(rows.count), 2)") }

    /// The labels as an array.
    var labelArray: [UInt8] { npy(rows.map { $0.isAnomaly ? 1 : 0 }, shape: "(\(rows.count),)") }
}

/// An array file of 64-bit floats.
func npy(_ values: [Double], shape: String) -> [UInt8] {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(padded.utf8.count), 0]
    bytes += Array(padded.utf8)
    for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
    }
    return bytes
}
