import Foundation
import TestSupport
import Testing

/// The data and models that options are tried on: small, and such that each option has something to act on.
final class OptionGround: Sendable {
    /// What data a command gets.
    enum Kind: String, CaseIterable { case table, series, images, model }

    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("oddity-options-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, rows) in Self.tables {
            let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
            let encoding = name == "latin1" ? String.Encoding.isoLatin1 : .utf8
            try #require(text.data(using: encoding)).write(to: file("\(name).csv"))
        }
        for name in ["plain", "broken"] {
            for index in 0..<12 { try write(Self.image(index), "\(name)/good/\(index).pgm") }
            for index in 12..<16 { try write(Self.image(index), "\(name)/blot/\(index).pgm") }
        }
        try write(Array("P5 8 8 255\n".utf8), "broken/good/99.pgm")
        try write(Array("P5 8 8 255\n".utf8) + (0..<64).map { $0 < 8 ? 255 : 0 }, "mask.pgm")
        for kind in [Kind.table, .series, .images] {
            let run = try oddity(
                arguments("fit", kind, "plain") + (kind == .images ? [] : ["--ignore", "label"])
                    + ["--output", path("\(kind)")]
            )
            try #require(run.exitCode == 0, "\(run.errors)")
        }
        for (name, bytes) in ForeignNetwork.files { try write(bytes, name) }
        let schema = try oddity(["inspect", path("plain.csv"), "--ignore", "a", "--json"])
        try #require(schema.exitCode == 0, "\(schema.errors)")
        try write(Array(schema.output.utf8), "schema.json")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A file or folder of the ground.
    func path(_ name: String) -> String { file(name).path }

    /// What a command needs, but for its outputs.
    func arguments(_ command: String, _ kind: Kind, _ data: String) -> [String] {
        let images = data == "broken" ? data : "plain"
        let data = path(kind == .images ? images : "\(data).csv")
        let network = ["--folds", "2", "--hidden", "3,2", "--epochs", "1"]
        switch (command, kind) {
        case ("fit", .images):
            return [
                "fit", data, "--folds", "2", "--variant", "convolutional", "--image-measures",
                "pixels", "--image-steps", "1", "--channels", "2", "--latent", "2",
            ]
        case ("fit", .series): return ["fit", data, "--time", "time", "--window", "4"] + network
        case ("fit", _): return ["fit", data] + network
        case ("find", .images):
            return [
                "find", data, "--output", "OUT/scores", "--folds", "2", "--variant",
                "convolutional", "--image-measures", "pixels", "--image-steps", "1",
                "--channels", "2", "--latent", "2",
            ]
        case ("find", .series):
            return ["find", data, "--output", "OUT/scores", "--time", "time", "--window", "4"]
                + network
        case ("find", _): return ["find", data, "--output", "OUT/scores"] + network
        case ("tune", .series):
            return [
                "tune", data, "--time", "time", "--window", "4", "--trials", "2",
                "--search-network", "averages", "--search-hidden", "3", "--search-latent", "2",
                "--search-epochs", "1", "--search-variant", "plain,denoising", "--table",
                "OUT/trials",
            ] + network
        case ("tune", _):
            return [
                "tune", data, "--trials", "2", "--search-hidden", "3", "--search-latent", "2",
                "--search-epochs", "1", "--search-variant", "plain,denoising", "--table",
                "OUT/trials",
            ] + network
        case ("evaluate", .images): return ["evaluate", path("images"), data]
        case ("evaluate", _): return ["evaluate", path("\(kind)"), data, "--label", "label"]
        case ("threshold", .images):
            return ["threshold", path("images"), "--data", data, "--json"]
        case ("threshold", _):
            return ["threshold", path("\(kind)"), "--data", data, "--label", "label", "--json"]
        case ("recalibrate", _):
            return [
                "recalibrate", path("\(kind)"), data, "--output", "OUT/model",
            ]
        case ("inspect", .model): return ["inspect", path("table")]
        case ("inspect", _): return ["inspect", data]
        case ("verify", _): return ["verify", path("table")]
        case ("export", _): return ["export", path("table")]
        case ("import", _):
            return [
                "import", path("weights"), "--layers", path("layers.json"), "--data", data,
                "--output", "OUT/model",
            ]
        case ("demo", _): return ["demo"]
        default: return [command, path("\(kind)"), data]
        }
    }

    private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let target = file(name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: target)
    }

    /// An image of noise; the last ones are dark, but for one that no score can find.
    private static func image(_ index: Int) -> [UInt8] {
        var random = Numbers(state: UInt64(index + 1))
        let light = index < 13 ? 100.0 : 20
        return Array("P5 8 8 255\n".utf8) + (0..<64).map { _ in UInt8(light + random.next() * 50) }
    }

    /// The tables by name, each a row a minute of `time,a,b,c,color,nearly,fixed,label`.
    private static var tables: [String: [[String]]] {
        let header = ["time", "a", "b", "c", "color", "nearly", "fixed", "label"]
        let plain = rows
        func changed(_ change: (Int, inout [String]) -> Void) -> [[String]] {
            [header]
                + plain.enumerated().map { index, row in
                    var row = row
                    change(index, &row)
                    return row
                }
        }
        var unsorted = plain
        unsorted.swapAt(50, 70)
        return [
            "plain": [header] + plain,
            "nearly": changed { row, fields in if row == 60 { fields[5] = "broken" } },
            "latin1": changed { row, fields in if row == 60 { fields[4] = "ros\u{E9}" } },
            // Only the option tells that the first line, of numbers, names columns.
            "headless": [["2026-03-01T00:00:00Z", "1", "2", "3", "red", "4", "5", "0"]]
                + plain.dropFirst(),
            // It begins as JSON does.
            "braced": [["{note}"] + header] + plain.map { [""] + $0 },
            "units": [header, ["", "m", "kg", "s", "", "A", "K", ""]] + plain,
            "escaped": changed { row, fields in
                fields[4] = row % 2 == 0 ? #""r\"ed""# : #""gr\"een""#
            },
            "thousands": changed { row, fields in fields[1] = "\"\(row % 9 + 1),\(345 + row)\"" },
            "decimals": changed { row, fields in
                fields[1] = "\"\(row % 9),\(1345 + row)\""
            },
            "odd": changed { row, fields in
                if 50..<54 ~= row || 70..<74 ~= row { fields[2] = "99" }
            },
            // Eight rows a day for 15 days, with a pulse in each.
            "daily": changed { row, fields in
                let (day, hour) = ("\(101 + row / 8)", "\(100 + 3 * (row % 8))")
                fields[0] = "2026-03-\(day.dropFirst())T\(hour.dropFirst()):00:00Z"
                if row % 8 == 3 { fields[1] = "9" }
            },
            // What follows only fades.
            "fading": changed { row, fields in
                if 60..<65 ~= row { (fields[1], fields[2], fields[6]) = ("99", "99", "9") }
            },
            "nameless": plain.map { Array($0.dropLast()) },
            "dates": changed { row, fields in
                fields[0] = "03/04/2026 \(fields[0].dropFirst(11).dropLast())"
            },
            "epochs": changed { row, fields in fields[0] = "\(1_767_225_600 + 60 * row)" },
            "local": changed { _, fields in fields[0] = String(fields[0].dropLast()) },
            "gaps": [header]
                + plain.enumerated().filter { !(60..<65).contains($0.offset) }
                .map(\.element),
            "unsorted": [header] + unsorted,
            "doubled": [header] + plain[..<60] + [plain[59]] + plain[60...],
            "bad": changed { row, fields in if row == 60 { fields.append("extra") } },
        ]
    }

    private static var rows: [[String]] {
        var random = Numbers(state: 5)
        return (0..<120).map { row in
            let isAnomaly = (90..<96).contains(row)
            let a = sin(Double(row) / 7) + random.next() / 10
            let b = cos(Double(row) / 11) + random.next() / 10
            return [
                SampleSeries.time(row), "\(a)", isAnomaly ? "9" : "\(b)",
                (40..<43).contains(row) ? "" : "\(a + b)", row % 2 == 0 ? "red" : "green",
                "\(random.next())", "5", isAnomaly || row % 17 == 3 ? "1" : "0",
            ]
        }
    }
}
