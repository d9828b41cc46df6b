import OddityDatasets
import OddityDetectors
import OddityImages
import OddityNeuralNetworks
import OddityPreprocessing
import OddityRecords
import OdditySeries
import Testing

/// Names of options: what they stand for, and that each that is listed is one.
@Suite struct NamedChoiceTests {
    private func checkNames<Choice: NamedChoice & Equatable>(_: Choice.Type) {
        let choices = Choice.names.map(Choice.init(named:))
        #expect(!choices.isEmpty)
        for (index, choice) in choices.enumerated() {
            #expect(choice != nil, "\(Choice.names[index])")
            #expect(
                choices.firstIndex(of: choice) == index,
                "\(Choice.names[index]) is listed twice"
            )
        }
        #expect(Choice(named: "nothing") == nil)
        #expect(Choice(named: "") == nil)
    }

    @Test func eachListedNameIsOne() {
        checkNames(OptimizerName.self)
        checkNames(VariantName.self)
        checkNames(NoiseName.self)
        checkNames(ImageVariant.self)
        checkNames(ImageChange.self)
        checkNames(TimeOrder.self)
        checkNames(Activation.self)
        checkNames(Loss.self)
        checkNames(LearningRateSchedule.self)
        checkNames(ImageNormalization.self)
        checkNames(PixelScore.Summary.self)
        checkNames(TimestampFormat.self)
        checkNames(NumberNotation.DecimalMark.self)
        checkNames(NumberNotation.GroupMark.self)
    }

    @Test func someNamesHaveOthers() {
        #expect(NumberNotation.DecimalMark(named: ",") == .comma)
        #expect(NumberNotation.GroupMark(named: "'") == .apostrophe)
        #expect(NumberNotation.GroupMark(named: "space") == .blank)
        #expect(TimeOrder.dayFirst.format == TimestampFormat(shape: .dayMonthYear))
    }

    @Test func numbersAreReadWhereTheyHaveAMeaning() {
        #expect(Contamination(named: "0.05") == .share(0.05))
        #expect(Contamination(named: "0.5") == nil)
        #expect(PrincipalComponentAnalysis.Selection(named: "5") == .count(5))
        #expect(PrincipalComponentAnalysis.Selection(named: "0.95") == .variance(0.95))
        #expect(PrincipalComponentAnalysis.Selection(named: "-1") == nil)
        #expect(ImageSize(named: "96x64") == ImageSize(width: 96, height: 64))
        #expect(ImageSize(named: "96x") == nil)
        #expect(
            SeriesOptions.SamplingPolicy(named: "500ms") == .resample(interval: 500_000_000)
        )
        #expect(SeriesOptions.SamplingPolicy(named: "0s") == nil)
        #expect(PixelScore.Summary(named: "top-share(0.1") == nil)
    }

    @Test func variantsOfImagesTakeALevel() {
        #expect(ImageVariant.plain.variant(level: nil) == .plain)
        #expect(ImageVariant.sparse.variant(level: nil) == .sparse(.l1(weight: 0.001)))
        #expect(
            ImageVariant.denoising.variant(level: 0.5) == .denoising(.gaussian(deviation: 0.5))
        )
    }
}
