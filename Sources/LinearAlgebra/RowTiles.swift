/// The rows of a matrix in tiles of 64, the last filled up with zeros.
///
/// A product of a whole tile gives each of its rows the same bits wherever the row stands and whatever
/// stands beside it, so work done tile by tile does not depend on the batch.
public enum RowTiles {
    /// The rows of a tile.
    public static let rowCount = 64

    /// One tile.
    public struct Tile {
        /// The rows of the matrix that are in the tile.
        public let rows: Range<Int>
        /// 64 rows of numbers, one after the other; those beyond `rows` are zeros.
        public let elements: UnsafePointer<Float>
    }

    /// Calls `body` once with each tile, on at most `threadCount` threads.
    ///
    /// - Parameters:
    ///   - matrix: the rows.
    ///   - threadCount: threads to use.
    ///   - makeWorkspace: makes what `body` needs for itself, once for each run of tiles.
    ///   - body: must not depend on the order of the calls, which is not defined.
    public static func forEach<Workspace>(
        of matrix: Matrix,
        threadCount: Int,
        makeWorkspace: @Sendable () -> Workspace,
        _ body: @Sendable (Tile, inout Workspace) -> Void
    ) {
        let tileCount = (matrix.rowCount + rowCount - 1) / rowCount
        // More runs than threads even out their speeds.
        let runCount = min(tileCount, threadCount <= 1 ? 1 : threadCount * 4)
        let width = matrix.columnCount
        Parallel.forEach(count: runCount, threadCount: threadCount) { run in
            var workspace = makeWorkspace()
            for tile in tileCount * run / runCount..<tileCount * (run + 1) / runCount {
                let start = tile * rowCount
                let rows = start..<min(start + rowCount, matrix.rowCount)
                if rows.count == rowCount {
                    matrix.withUnsafeElements { elements in
                        guard let base = elements.baseAddress else { return }
                        body(Tile(rows: rows, elements: base + start * width), &workspace)
                    }
                } else {
                    let padded = AlignedBuffer(count: rowCount * width)
                    matrix.withUnsafeElements { elements in
                        guard let base = elements.baseAddress else { return }
                        padded.baseAddress.update(
                            from: base + start * width,
                            count: rows.count * width
                        )
                    }
                    body(Tile(rows: rows, elements: padded.baseAddress), &workspace)
                    withExtendedLifetime(padded) {}
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
    public static func values<Workspace>(
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
    ///   - body: writes 64 × `columnCount` numbers for a tile.
    public static func matrix(
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
                .update(from: workspace.baseAddress, count: tile.rows.count * columnCount)
        }
        return Matrix(rowCount: matrix.rowCount, columnCount: columnCount, storage: result)
    }
}
