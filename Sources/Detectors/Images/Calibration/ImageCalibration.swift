internal import Evaluation

/// How what members measure of held-out pictures is distributed, and how it becomes one score.
struct ImageCalibration: Sendable, Equatable {
    /// Of the maps of structure patches; nil where only pixels count.
    let structureMap: MapCalibration?
    /// Of the maps of raw patches; nil where only pixels count.
    let rawMap: MapCalibration?
    /// Of the maps of pixels; nil where nothing needs them.
    let pixelMap: PixelMapCalibration?
    /// Of each measure.
    let measures: MeasureCalibration
    /// Of the surprises of held-out pictures, each that of the member that did not see it.
    ///
    /// A new picture has the mean surprise of the members.
    let surprise: SurvivalFunction

    init(
        structureMap: MapCalibration?,
        rawMap: MapCalibration?,
        pixelMap: PixelMapCalibration?,
        measures: MeasureCalibration,
        surprise: SurvivalFunction
    ) {
        self.structureMap = structureMap
        self.rawMap = rawMap
        self.pixelMap = pixelMap
        self.measures = measures
        self.surprise = surprise
    }

    /// Learns from what the members make of their folds, which hold each training picture once.
    init(
        _ folds: [HeldOutPictures],
        alignment: Double,
        configuration: ImageDetector,
        geometry: PictureGeometry
    ) {
        let hasParts = configuration.measures == .all
        let structureMap = hasParts ? MapCalibration(folds.flatMap(\.structureMaps)) : nil
        let rawMap = hasParts ? MapCalibration(folds.flatMap(\.rawMaps)) : nil
        let pixelMap =
            configuration.keepsPixelMaps
            ? PixelMapCalibration(
                folds.flatMap(\.pixelMaps),
                shape: geometry.pooledShape,
                score: configuration.pixelScore
            ) : nil
        let pictures = folds.flatMap {
            $0.measures(structure: structureMap, raw: rawMap, pixels: pixelMap)
        }
        let measures = MeasureCalibration(
            pictures,
            alignment: alignment,
            counted: configuration.measures
        )
        self.init(
            structureMap: structureMap,
            rawMap: rawMap,
            pixelMap: pixelMap,
            measures: measures,
            surprise: SurvivalFunction(
                heldOut: pictures.map(measures.surprise),
                minimumTailScale: TailScale.surprise
            )
        )
    }
}
