internal import OddityLinearAlgebra

/// What a member knows of the codes of its training rows, to say how far off another one is.
enum CodeMeasure: Sendable {
    case nearest(NearestCode)
    case central(CentralCode)

    /// Learns from training codes, one a row.
    ///
    /// - Parameter rank: which of the nearest codes is measured to.
    /// - Throws: `DecompositionError` if the codes are not finite.
    init(_ distance: TableDetector.CodeDistance, codes: Matrix, rank: Int = 1) throws {
        self =
            switch distance {
            case .nearest: .nearest(NearestCode(codes: codes, rank: rank))
            case .mahalanobis: .central(try CentralCode(mahalanobisOf: codes))
            case .center: .central(CentralCode(meanOf: codes))
            }
    }

    /// The number of floats of workspace that the distances of a tile need.
    func workspaceSize(tileSize: Int) -> Int {
        switch self {
        case .nearest(let code): code.workspaceSize(tileSize: tileSize)
        case .central(let code): code.workspaceSize(tileSize: tileSize)
        }
    }

    /// Writes the distance of each code of a tile.
    ///
    /// - Parameter excluded: for each row a training code not to count, or nil; one row is too little to
    ///   move a centre, so that only neighbours are excluded.
    func distances(
        ofTile codes: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: [Int?],
        workspace: UnsafeMutablePointer<Float>,
        into distances: inout [Double]
    ) {
        switch self {
        case .nearest(let code):
            code.distances(
                ofTile: codes,
                rowCount: rowCount,
                excluding: excluded,
                workspace: workspace,
                into: &distances
            )
        case .central(let code):
            code.distances(
                ofTile: codes,
                rowCount: rowCount,
                workspace: workspace,
                into: &distances
            )
        }
    }
}
