public import OddityLinearAlgebra

extension PrincipalComponents {
    /// The coordinates of rows along the components: rows × components.
    ///
    /// A row's coordinates do not depend on the other rows nor on the number of threads.
    ///
    /// - Parameters:
    ///   - rows: rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Complexity: O(rows × columns × components).
    public func applied(to rows: Matrix, threadCount: Int = 1) -> Matrix {
        precondition(
            rows.columnCount == featureCount,
            "\(rows.columnCount) columns where \(featureCount) were learned"
        )
        return RowTiles.matrix(of: rows, columnCount: componentCount, threadCount: threadCount) {
            tile,
            codes in
            withUnsafeTemporaryAllocation(
                of: Float.self,
                capacity: RowTiles.rowCount * featureCount
            ) { centered in
                guard let centered = centered.baseAddress else { return }
                project(tile.elements, rowCount: tile.rowCount, centered: centered, into: codes)
            }
        }
    }

    /// The rows that have the given coordinates and lie in the span of the components.
    ///
    /// Rows within the span come back to rounding; of others the inverse of ``applied(to:threadCount:)``
    /// gives the nearest in the span.
    ///
    /// - Parameters:
    ///   - codes: rows × ``componentCount``.
    ///   - threadCount: threads to use.
    /// - Returns: rows × ``featureCount``.
    public func inverse(_ codes: Matrix, threadCount: Int = 1) -> Matrix {
        precondition(
            codes.columnCount == componentCount,
            "\(codes.columnCount) columns where there are \(componentCount) components"
        )
        return RowTiles.matrix(of: codes, columnCount: featureCount, threadCount: threadCount) {
            tile,
            rows in
            rebuild(tile.elements, rowCount: tile.rowCount, into: rows)
        }
    }

    /// The codes of rows, and the rows minus the mean.
    private func project(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        centered: UnsafeMutablePointer<Float>,
        into codes: UnsafeMutablePointer<Float>
    ) {
        let width = featureCount
        mean.withUnsafeBufferPointer { mean in
            for row in 0..<rowCount {
                let x = rows + row * width
                let y = centered + row * width
                for j in 0..<width { y[j] = x[j] - mean[j] }
            }
        }
        multiply(centered, rowCount: rowCount, by: transposedComponents, into: codes)
    }

    /// The rows that codes stand for.
    package func rebuild(
        _ codes: UnsafePointer<Float>,
        rowCount: Int,
        into rows: UnsafeMutablePointer<Float>
    ) {
        let width = featureCount
        multiply(codes, rowCount: rowCount, by: components, into: rows)
        mean.withUnsafeBufferPointer { mean in
            for row in 0..<rowCount {
                let y = rows + row * width
                for j in 0..<width { y[j] += mean[j] }
            }
        }
    }

    private func multiply(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        by matrix: Matrix,
        into result: UnsafeMutablePointer<Float>
    ) {
        matrix.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            Products.multiplyRows(
                rows,
                base,
                into: result,
                m: rowCount,
                n: matrix.columnCount,
                k: matrix.rowCount
            )
        }
    }
}
