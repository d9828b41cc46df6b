public import COddityInterface
internal import OddityDetectors
internal import OddityImages
internal import OddityRecords

/// `oddity_fit_images` of `oddity.h`.
@_cdecl("oddity_fit_images")
public func fitImages(
    _ images: OpaquePointer?,
    _ configuration: UnsafePointer<CChar>?,
    _ listener: UnsafePointer<oddity_listener>?,
    _ found: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        let configuration = try FitConfiguration(ofImages: configuration)
        let settings = try configuration.imageDetector()
        let collection = try ImageHandle.collection(images)
        let listener = Listener(listener?.pointee ?? oddity_listener())
        let training = try collection.trainingImages
        for note in ImageFitReport.doubts(collection) { listener.note(note) }
        let preparation = try configuration.preparation(collection.options)
        let groups = try configuration.groups(
            of: training,
            in: collection,
            foldCount: settings.folds
        )
        var detector: FittedImageDetector
        let skipped: [SkippedImage]
        if let found {
            let findings = try settings.findings(
                in: training,
                preparation: preparation,
                groups: groups,
                rule: .falseAlarmRate(configuration.falseAlarmRate),
                threadCount: configuration.threadCount,
                onProgress: listener.report
            )
            (detector, skipped) = (findings.detector, findings.skipped)
            let output = ScoreOutput(found)
            let places = collection.places(of: training)
            for row in 0..<collection.count { output.write(nil, judged: nil, row: row) }
            for image in findings.images {
                output.write(
                    image.verdict,
                    judged: image.verdict.score,
                    row: places[image.index]
                )
            }
        } else {
            (detector, skipped) = try settings.fitted(
                to: training,
                preparation: preparation,
                groups: groups,
                threadCount: configuration.threadCount,
                onProgress: listener.report
            )
        }
        detector.decisionRule = .falseAlarmRate(configuration.falseAlarmRate)
        for image in skipped { listener.note("skipped: \(image.error)") }
        listener.note(detector.unreachableRate)
        detector.provenance.source = configuration.source
        return ModelHandle(.images(detector)).exported()
    }
}
