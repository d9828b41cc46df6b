package import OddityEvaluation
package import OddityImages
package import OddityLinearAlgebra
package import OddityNeuralNetworks

/// The numbers by which a detector judges images, for what does the same elsewhere.
///
/// What is done with them, and in what order, say ``ImageMeasurer``, ``ImageScorer`` and ``MeasureCalibration``.
package struct ImageArithmetic: Sendable {
    /// A network that sees (x − mean) · factor.
    package struct Rebuilding: Sendable {
        package let mean: [Float]
        package let factor: Float
        package let network: Network
    }

    /// The squared length of matrix · (x − mean); the matrix is symmetric.
    package struct Distance: Sendable {
        package let mean: [Float]
        package let matrix: Matrix
    }

    /// What a member learned.
    package struct Member: Sendable {
        /// Of pooled images.
        package let pixels: Rebuilding
        /// Of edges and patches; nil where only pixels count.
        package let parts: Parts?
        /// Nil where codes don't count.
        package let codeDistance: TableArithmetic.CodeDistance?
    }

    /// What a member learned of edges and patches.
    package struct Parts: Sendable {
        /// Of descriptors.
        package let global: Rebuilding
        /// Of structure patches.
        package let structure: Rebuilding
        /// Of the residuals of structure patches.
        package let structureDistance: Distance
        /// Of raw patches.
        package let rawDistance: Distance
    }

    /// How a map of squared distances becomes one measure: (ln(M + offset) − mean) · inverse deviation, the largest of it less
    /// half of its median.
    package struct Map: Sendable {
        package let offset: Float
        package let mean: [Float]
        package let inverseDeviation: [Float]
        package let survival: SurvivalFunction
    }

    /// Cells of edge strengths: the weights of pixels by cell, cells × pixels, along both axes.
    package struct Cells: Sendable {
        /// Whether the image is blurred before its edges are measured.
        package let blurs: Bool
        package let rows: Matrix
        package let columns: Matrix
    }

    /// Square patches of a grid.
    package struct Patches: Sendable {
        package let side: Int
        package let stride: Int
        package let rowCount: Int
        package let columnCount: Int
        /// The numbers of a patch.
        package let size: Int
    }

    /// What images are looked at for beside their pixels.
    package struct Structure: Sendable {
        package let structureCells: Cells
        /// How much each channel counts in grey.
        package let greyWeights: [Float]
        /// Those of the descriptor.
        package let descriptorCells: Cells
        package let structurePatches: Patches
        package let rawPatches: Patches
        /// What structure patches are divided by at least.
        package let leastPatchLength: Float
        /// What a descriptor is divided by at least.
        package let leastDescriptorLength: Float
        /// What is added to a brightness before its logarithm is taken.
        package let darkness: Float
        /// The directions of edges, as unit vectors.
        package let directions: (cosines: [Float], sines: [Float])
        package let structureMap: Map
        package let rawMap: Map
        /// Of the logarithms of residuals of descriptors.
        package let global: SurvivalFunction
    }

    /// How the errors of single pixels become one measure.
    package struct PixelMap: Sendable {
        package let inverseMean: [Float]
        package let score: PixelScore
    }

    /// How far the light of normal images goes.
    package struct Light: Sendable {
        package let mean: [Double]
        /// The root of the precision matrix, row after row.
        package let root: [Double]
        /// The largest distance that costs nothing.
        package let farthest: Double
        /// How much farther costs 1.
        package let scale: Double
    }

    package let shape: ImageShape
    /// Nil for a detector that was fitted to a matrix.
    package let preparer: ImagePreparer?
    /// Which pixels are masked, row after row; nil where none is.
    package let ignored: [Bool]?
    /// The size of pooled images.
    package let pooledShape: ImageShape
    /// The weights of pixels in pooled ones, pooled × pixels, along both axes; nil where nothing is pooled.
    package let pooling: (rows: Matrix, columns: Matrix)?
    /// Nil where only pixels count.
    package let structure: Structure?
    package let members: [Member]
    /// The position of the layer whose output is the code; nil where codes don't count.
    package let codeLayer: Int?
    /// Nil where the mean residual is the measure.
    package let pixelMap: PixelMap?
    /// The least mean squared residual.
    package let leastResidual: Double
    /// How well the images of the training are aligned, from 0 to 1.
    package let alignment: Double
    /// Of what is measured of pixels.
    package let pixels: SurvivalFunction
    /// Of the logarithms of distances of codes; nil where they don't count.
    package let code: SurvivalFunction?
    /// Whether residuals count beside codes.
    package let countsResidual: Bool
    package let light: Light
    /// Of the surprises.
    package let surprise: SurvivalFunction
}
