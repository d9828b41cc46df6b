import OddityImages
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// Odd images of the very collection that is fitted to.
@Suite struct ImageFindingsTests {
    @Test func aDefectIsFoundAndTheModelIsThatOfAFit() throws {
        let shape = ImageShape(height: 32, width: 32)
        let normal = ImageSamples.stripes(count: 40, shape: shape, seed: 1)
        let odd = ImageSamples.stripes(
            count: 1,
            shape: shape,
            seed: 3,
            defects: [ImageSamples.Defect(row: 12, column: 12, side: 8)]
        )
        var elements = normal.elements
        elements.replaceSubrange(7 * 1024..<8 * 1024, with: odd.elements)
        let folder = try ImageFolder(
            Matrix(rowCount: 40, columnCount: 1024, elements: elements),
            shape: shape
        )
        let detector = ImageSamples.detector
        let findings = try detector.findings(in: folder.collection, threadCount: 2)
        #expect(findings.images.map(\.index) == Array(0..<40))
        #expect(findings.images[7].name == "1007.pgm")
        #expect(findings.skipped.isEmpty)
        #expect(findings.oddest(1).first?.index == 7)
        #expect(findings.expectedFalseAlarmCount == 0.4)
        let fitted = try detector.fitted(to: folder.collection).detector
        #expect(try findings.detector.encoded() == fitted.encoded())
    }
}
