internal import OddityEvaluation

/// How what members measure of held-out images is distributed, and how it becomes one score.
struct ImageCalibration: Sendable, Equatable {
    /// Of the maps of structure patches; nil where only pixels count.
    let structureMap: MapCalibration?
    /// Of the maps of raw patches; nil where only pixels count.
    let rawMap: MapCalibration?
    /// Of the maps of pixels; nil where nothing needs them.
    let pixelMap: PixelMapCalibration?
    /// Of each measure.
    let measures: MeasureCalibration
    /// Of the images' light.
    let light: LightCalibration
    /// Of the surprises of held-out images, each that of the member that did not see it.
    ///
    /// A new image has the mean surprise of the members, and that of its light. The light of no
    /// held-out image is beyond that of all.
    let surprise: SurvivalFunction

    init(
        structureMap: MapCalibration?,
        rawMap: MapCalibration?,
        pixelMap: PixelMapCalibration?,
        measures: MeasureCalibration,
        light: LightCalibration,
        surprise: SurvivalFunction
    ) {
        self.structureMap = structureMap
        self.rawMap = rawMap
        self.pixelMap = pixelMap
        self.measures = measures
        self.light = light
        self.surprise = surprise
    }

    /// Learns from what the members make of their folds, which hold each row once: an image, or a tile
    /// of one.
    ///
    /// - Parameter owners: the number of the image of each row; its oddest row stands for it.
    /// - Returns: the calibration, and the surprise of each image.
    static func learned(
        _ folds: [HeldOutImages],
        owners: [Int],
        alignment: Double,
        configuration: ImageDetector,
        geometry: ImageGeometry,
        light: LightCalibration
    ) throws -> (calibration: ImageCalibration, surprises: [Double]) {
        let hasParts = configuration.measures == .all
        let structureMap = hasParts ? try MapCalibration(folds.map(\.structureMaps)) : nil
        let rawMap = hasParts ? try MapCalibration(folds.map(\.rawMaps)) : nil
        let pixelMap =
            configuration.keepsPixelMaps
            ? try PixelMapCalibration(
                folds.map(\.pixelMaps),
                shape: geometry.pooledShape,
                score: configuration.pixelScore
            ) : nil
        let heldOut = try folds.flatMap {
            try $0.measures(structure: structureMap, raw: rawMap, pixels: pixelMap)
        }
        let measures = MeasureCalibration(
            heldOut,
            alignment: alignment,
            configuration: configuration
        )
        var oddest = [Double](repeating: -.infinity, count: (owners.max() ?? -1) + 1)
        for (row, measured) in zip(folds.flatMap(\.rows), heldOut) {
            oddest[owners[row]] = max(oddest[owners[row]], measures.surprise(of: measured))
        }
        let calibration = ImageCalibration(
            structureMap: structureMap,
            rawMap: rawMap,
            pixelMap: pixelMap,
            measures: measures,
            light: light,
            surprise: SurvivalFunction(
                heldOut: oddest,
                minimumTailScale: TailScale.surprise
            )
        )
        return (calibration, oddest)
    }
}
