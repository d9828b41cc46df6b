internal import COddityKernels

/// Rows among which the nearest to others is looked for, laid out for the search.
///
/// As |x − r|² = |x|² − 2(xᵀr − ½|r|²), the nearest reference r is that of the largest merit xᵀr − ½|r|². A row's nearest
/// has the same place wherever the row stands and whatever stands beside it.
package struct ReferenceRows: Sendable {
    /// The references, one a row.
    package let matrix: Matrix
    /// They again, sixteen at a time, transposed; filled up with zeros.
    private let panels: AlignedBuffer
    /// ½|r|² of each, infinite for what fills up.
    private let halfNorms: AlignedBuffer
    private let bytes: ReferenceBytes?

    /// The references that are searched at a time, for a row that is alone.
    private static let step = 64
    /// The references of a panel.
    private static let panelSize = 16

    /// Lays out references.
    ///
    /// - Precondition: There is at least one.
    package init(_ references: Matrix) {
        precondition(references.rowCount > 0, "the nearest of nothing")
        matrix = references
        let (step, size) = (ReferenceRows.step, ReferenceRows.panelSize)
        let (count, depth) = (references.rowCount, references.columnCount)
        let room = (count + step - 1) / step * step
        panels = AlignedBuffer(count: room * depth)
        halfNorms = AlignedBuffer(count: room)
        halfNorms.elements.update(repeating: .infinity)
        bytes = ReferenceBytes(references, room: room)
        references.withUnsafeElements { elements in
            for row in 0..<count {
                let panel = panels.baseAddress + row / size * size * depth + row % size
                var squares: Float = 0
                for column in 0..<depth {
                    let number = elements[row * depth + column]
                    panel[column * size] = number
                    squares += number * number
                }
                halfNorms.baseAddress[row] = squares / 2
            }
        }
    }

    /// Writes the squared distance of each row from its nearest reference.
    ///
    /// It is computed from the differences, so that a repeated row is at distance 0.
    ///
    /// - Parameters:
    ///   - rows: `rowCount` rows as long as the references.
    ///   - excluded: for each row a reference that does not count, or nil; empty for none.
    ///   - distances: a number for each row.
    /// - Complexity: O(rows × references × columns), at the peak of products of matrices.
    package func squaredDistances(
        of rows: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: ArraySlice<Int?> = [],
        into distances: UnsafeMutablePointer<Float>
    ) {
        withNearest(of: rows, rowCount: rowCount, excluding: excluded) { nearest in
            matrix.withUnsafeElements { elements in
                oddity_squared_distances(
                    rows,
                    elements.baseAddress,
                    nearest.baseAddress,
                    rowCount,
                    matrix.columnCount,
                    distances
                )
            }
        }
    }

    /// Calls `body` with the place of each row's nearest reference, the first of equal ones.
    package func withNearest(
        of rows: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: ArraySlice<Int?> = [],
        _ body: (UnsafeBufferPointer<Int32>) -> Void
    ) {
        precondition(excluded.isEmpty || excluded.count == rowCount, "one place for each row")
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * rowCount) { places in
            guard let nearest = places.baseAddress else { return }
            let own = nearest + rowCount
            for (row, place) in excluded.enumerated() {
                (own + row).initialize(to: Int32(place ?? -1))
            }
            var search = oddity_search(
                rows: rows,
                panels: panels.baseAddress,
                offsets: halfNorms.baseAddress,
                excluded: excluded.isEmpty ? nil : UnsafePointer(own),
                nearest: nearest,
                row_count: rowCount,
                depth: matrix.columnCount,
                count: halfNorms.count,
                bytes: nil
            )
            if var form = bytes?.form {
                withUnsafePointer(to: &form) {
                    search.bytes = $0
                    oddity_nearest_references(&search)
                }
            } else {
                oddity_nearest_references(&search)
            }
            body(UnsafeBufferPointer(start: nearest, count: rowCount))
        }
    }
}
