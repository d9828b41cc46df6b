import Foundation
import Oddity
import OddityDatasets
import OddityLinearAlgebra
import OddityNeuralNetworks

/// A small piece of work, one of each kind, whose instructions `scripts/check_instructions.py` counts.
///
/// Instructions repeat on a machine that is busy with other things, where times don't.
enum CountedCase: String, CaseIterable {
    /// Sixteen steps of training 30-64-32-64-30.
    case step
    /// A tile of rows through the default ensemble.
    case tile
    /// A chunk of CSV.
    case chunk
    /// A row alone through the default ensemble.
    case row
    /// An image of 16 × 16.
    case picture
    /// A row of a series of four channels, with the window before it.
    case window

    /// Does the work, of which all but what `countedWork` does is made ready before.
    func run(count: Int) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let work = try work(in: folder.path)
        // The first time makes what is kept.
        try work()
        try countedWork(work, count: count)
    }

    private func work(in folder: String) throws -> () throws -> Void {
        switch self {
        case .step: try Self.training()
        case .tile: try Self.scoring(rowCount: 64)
        case .chunk: try Self.reading(path: folder + "/rows.csv")
        case .row: try Self.scoring(rowCount: 1)
        case .picture: try Self.scoringImage()
        case .window: try Self.scoringSeries()
        }
    }

    private static func training() throws -> () throws -> Void {
        var item = NetworkCase.all[1]
        item.rowCount = 16 * item.batchSize
        let (network, rows) = (try item.network(), item.rows())
        let trainer = Trainer(options: TrainingOptions(epochs: 1, batchSize: item.batchSize))
        return { _ = try trainer.train(network, inputs: rows, threadCount: 1) }
    }

    private static func scoring(rowCount: Int) throws -> () throws -> Void {
        let table = try TableCases.table(rowCount: 600)
        var settings = TableDetector()
        settings.epochs = 1
        let scorer = try settings.fitted(to: table).makeScorer()
        let rows = table.selecting(rows: Array(0..<rowCount))
        return { _ = try scorer.verdicts(of: rows) }
    }

    private static func reading(path: String) throws -> () throws -> Void {
        try TableCases.write(rowCount: 1_000, to: path)
        let reader = try TableReader(path: path)
        return {
            try reader.select(TableCases.schema)
            while try reader.nextChunk() != nil {}
        }
    }

    private static func scoringImage() throws -> () throws -> Void {
        let shape = ImageShape(height: 16, width: 16)
        let images = uniform(rowCount: 12, columnCount: shape.elementCount)
        var settings = ImageDetector()
        settings.folds = 2
        (settings.steps, settings.patchSteps, settings.patchCount) = (2, 2, 500)
        let scorer = try settings.fitted(to: images, shape: shape).makeScorer()
        let image = images.rows(at: [0])
        return { _ = try scorer.rowScores(of: image) }
    }

    private static func scoringSeries() throws -> () throws -> Void {
        let values = uniform(rowCount: 400, columnCount: 4)
        let table = try Table(
            columns: (0..<4).map { channel in
                Column("x\(channel)", (0..<400).map { Double(values[$0, channel]) })
            }
        )
        var settings = SeriesDetector()
        settings.epochs = 1
        var scorer = try settings.fitted(to: table).makeScorer()
        let row = table.selecting(rows: [0])
        // It looks back at what came before.
        _ = try scorer.rowScores(of: table)
        return { _ = try scorer.rowScores(of: row) }
    }

    private static func uniform(rowCount: Int, columnCount: Int) -> Matrix {
        var stream = RandomStream(seed: 3, use: .sampling)
        var matrix = Matrix(rowCount: rowCount, columnCount: columnCount)
        matrix.withUnsafeMutableElements { stream.fillUniform($0) }
        return matrix
    }
}

/// What is counted: valgrind is told this name.
@inline(never)
private func countedWork(_ work: () throws -> Void, count: Int) throws {
    for _ in 0..<count { try work() }
}
