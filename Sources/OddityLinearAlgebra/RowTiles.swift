/// The rows of a matrix in tiles of at most 64, which are worked at in parallel.
package enum RowTiles {
    /// The rows of every tile but the last.
    package static let rowCount = 64

    /// One tile.
    package struct Tile {
        /// The rows of the matrix that are in the tile.
        package let rows: Range<Int>
        /// Their numbers, one row after the other.
        package let elements: UnsafePointer<Float>
        /// How many rows there are, 1 to 64.
        package var rowCount: Int { rows.count }
    }

    /// Runs of whole tiles that threads work at side by side: one run where there is one thread.
    ///
    /// - Parameters:
    ///   - rowCount: the rows, from 0.
    ///   - tileSize: the rows of every tile but the last.
    ///   - threadCount: threads that share the runs; there are more runs than threads, which evens out their
    ///     speeds.
    package static func runs(
        rowCount: Int,
        tileSize: Int = RowTiles.rowCount,
        threadCount: Int
    ) -> [Range<Int>] {
        let tileCount = (rowCount + tileSize - 1) / tileSize
        let runCount = Parallel.pieceCount(for: tileCount, threadCount: threadCount)
        return (0..<runCount).map { run in
            let first = tileCount * run / runCount * tileSize
            return first..<min(rowCount, tileCount * (run + 1) / runCount * tileSize)
        }
    }

    /// What `body` makes of runs of whole tiles, joined in the order of the rows.
    ///
    /// - Parameters:
    ///   - rowCount: the rows, from 0.
    ///   - tileSize: the rows of every tile but the last.
    ///   - threadCount: threads to use.
    ///   - body: called once with each run, from any thread.
    package static func joined<Value: Sendable>(
        rowCount: Int,
        tileSize: Int = RowTiles.rowCount,
        threadCount: Int,
        _ body: @Sendable (Range<Int>) -> [Value]
    ) -> [Value] {
        let runs = runs(rowCount: rowCount, tileSize: tileSize, threadCount: threadCount)
        return Parallel.map(count: runs.count, threadCount: threadCount) { body(runs[$0]) }
            .flatMap { $0 }
    }

    /// Calls `body` once with each tile, on at most `threadCount` threads.
    ///
    /// - Parameters:
    ///   - matrix: the rows.
    ///   - threadCount: threads to use.
    ///   - makeWorkspace: makes what `body` needs for itself, once for each run of tiles.
    ///   - body: must not depend on the order of the calls, which is not defined.
    package static func forEach<Workspace>(
        of matrix: Matrix,
        threadCount: Int,
        makeWorkspace: @Sendable () -> Workspace,
        _ body: @Sendable (Tile, inout Workspace) -> Void
    ) {
        let runs = runs(rowCount: matrix.rowCount, threadCount: threadCount)
        let width = matrix.columnCount
        Parallel.forEach(count: runs.count, threadCount: threadCount) { run in
            var workspace = makeWorkspace()
            for start in stride(from: runs[run].lowerBound, to: runs[run].upperBound, by: rowCount)
            {
                let rows = start..<min(start + rowCount, runs[run].upperBound)
                matrix.withUnsafeElements { elements in
                    guard let base = elements.baseAddress else { return }
                    body(Tile(rows: rows, elements: base + start * width), &workspace)
                }
            }
        }
    }

    /// One number for each row.
    ///
    /// - Parameters:
    ///   - matrix: the rows.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - makeWorkspace: makes what `body` needs for itself, once for each run of tiles.
    ///   - body: writes the numbers of a tile's rows.
    package static func values<Workspace>(
        of matrix: Matrix,
        threadCount: Int,
        makeWorkspace: @Sendable () -> Workspace,
        _ body:
            @Sendable (Tile, inout Workspace, _ results: UnsafeMutableBufferPointer<Double>) -> Void
    ) -> [Double] {
        let results = UnsafeMutablePointer<Double>.allocate(capacity: matrix.rowCount)
        defer { results.deallocate() }
        results.initialize(repeating: 0, count: matrix.rowCount)
        nonisolated(unsafe) let places = results
        forEach(of: matrix, threadCount: threadCount, makeWorkspace: makeWorkspace) {
            tile,
            workspace in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rowCount) { own in
                own.initialize(repeating: 0)
                body(tile, &workspace, own)
                // Tiles have rows of their own, so threads write disjoint parts.
                for row in tile.rows { places[row] = own[row - tile.rows.lowerBound] }
            }
        }
        return Array(UnsafeBufferPointer(start: results, count: matrix.rowCount))
    }

    /// A matrix with one row for each row of another.
    ///
    /// - Parameters:
    ///   - matrix: the rows.
    ///   - columnCount: the columns of the result.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - body: writes `columnCount` numbers for each row of a tile.
    package static func matrix(
        of matrix: Matrix,
        columnCount: Int,
        threadCount: Int,
        _ body: @Sendable (Tile, _ results: UnsafeMutablePointer<Float>) -> Void
    ) -> Matrix {
        let result = AlignedBuffer(count: matrix.rowCount * columnCount)
        forEach(of: matrix, threadCount: threadCount) {
            AlignedBuffer(count: rowCount * columnCount)
        } _: { tile, workspace in
            body(tile, workspace.baseAddress)
            // Tiles have rows of their own, so threads write disjoint parts.
            (result.baseAddress + tile.rows.lowerBound * columnCount)
                .update(from: workspace.baseAddress, count: tile.rowCount * columnCount)
        }
        return Matrix(rowCount: matrix.rowCount, columnCount: columnCount, storage: result)
    }
}
