internal import Evaluation

/// How what members measure of held-out pictures is distributed, and how it becomes one score.
struct ImageCalibration: Sendable, Equatable {
    /// Of the maps of structure patches.
    let structureMap: MapCalibration
    /// Of the maps of raw patches.
    let rawMap: MapCalibration
    /// Of each measure.
    let measures: MeasureCalibration
    /// Of the pictures' light.
    let light: LightCalibration
    /// Of the surprises of held-out pictures, each that of the member that did not see it.
    ///
    /// A new picture has the mean surprise of the members, and that of its light. The light of no
    /// held-out picture is beyond that of all.
    let surprise: SurvivalFunction

    init(
        structureMap: MapCalibration,
        rawMap: MapCalibration,
        measures: MeasureCalibration,
        light: LightCalibration,
        surprise: SurvivalFunction
    ) {
        self.structureMap = structureMap
        self.rawMap = rawMap
        self.measures = measures
        self.light = light
        self.surprise = surprise
    }

    /// Learns from the measures of held-out rows.
    ///
    /// - Parameters:
    ///   - heldOut: one for each row: a picture, or a tile of one.
    ///   - pictures: the number of the picture of each; its oddest row stands for it.
    init(
        _ heldOut: [PictureMeasures],
        pictures: [Int],
        alignment: Double,
        structureMap: MapCalibration,
        rawMap: MapCalibration,
        light: LightCalibration
    ) {
        let measures = MeasureCalibration(heldOut, alignment: alignment)
        var oddest = [Double](repeating: -.infinity, count: (pictures.max() ?? -1) + 1)
        for (row, picture) in zip(heldOut, pictures) {
            oddest[picture] = max(oddest[picture], measures.surprise(of: row))
        }
        self.init(
            structureMap: structureMap,
            rawMap: rawMap,
            measures: measures,
            light: light,
            surprise: SurvivalFunction(
                heldOut: oddest,
                minimumTailScale: TailScale.surprise
            )
        )
    }
}
