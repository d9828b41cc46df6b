/// What a layer is, without its numbers.
///
/// The `Codable` form names the layer and what belongs to it:
/// `{"type": "dense", "outputSize": 50, "useBias": true}`.
///
/// Below, B is the number of rows of a training batch. Note that the loss is a mean over rows and
/// columns, while what layers add to it is a mean over rows of a sum over columns. The history has
/// these parts one by one (``EpochRecord/penalties``).
public enum LayerDescription: Hashable, Sendable {
    /// y = xW + b with W of `inputSize` × `outputSize`.
    case dense(outputSize: Int, useBias: Bool = true)
    /// y = xWᵀ + b, where W is the weight of the dense layer at position `to`; b is its own.
    ///
    /// W has one gradient, the sum of both uses. The input has as many columns as that layer's
    /// output, and the output as many as its input. The position counts within the same list of
    /// layers, from 0, and lies before this layer.
    case tiedDense(to: Int)
    /// y = f(x), element by element.
    case activation(Activation)
    /// In training, each element becomes 0 with probability `rate` and the others are divided by
    /// 1 − `rate` (Srivastava et al. 2014); in scoring, nothing happens.
    case dropout(rate: Float)
    /// Each column is brought to mean 0 and variance 1, then scaled and shifted by learnt numbers
    /// (Ioffe & Szegedy 2015). On a series or an image, each channel is: its points count as rows.
    ///
    /// Training uses the batch's mean and variance and moves the running ones towards them by
    /// `momentum` (0.1; the running variance is the unbiased one); scoring uses the running ones.
    /// A training batch of a single row has no variance: it is normalized with the running numbers
    /// and leaves them as they are.
    case batchNormalization(momentum: Float = 0.1, epsilon: Float = 1e-5)
    /// Each row is brought to mean 0 and variance 1, then scaled and shifted by learnt numbers
    /// (Ba, Kiros & Hinton 2016).
    case layerNormalization(epsilon: Float = 1e-5)
    /// y = x + f(x), where f is a list of layers that returns as many columns as it gets
    /// (He et al. 2016).
    ///
    /// Its tensors are named `layers.INDEX.layers.INNER.NAME`.
    case residual([LayerDescription])

    /// In training, y = x + `deviation`·ε with ε from the standard normal distribution; in scoring,
    /// y = x.
    ///
    /// As the first layer it makes a denoising autoencoder (Vincent et al. 2008): targets stay
    /// clean. `deviation` is in the unit of the columns, 0 or more.
    case gaussianNoise(deviation: Float)
    /// In training, each element becomes 0 with probability `rate`, the others stay; in scoring,
    /// y = x (masking noise, Vincent et al. 2010).
    ///
    /// Unlike ``dropout(rate:)`` nothing is rescaled: the network learns to fill in what is missing.
    case maskingNoise(rate: Float)
    /// In training, each element is replaced, with probability `rate`, by the same column's element
    /// of another row of the batch; in scoring, y = x.
    ///
    /// Every column keeps its own distribution, so it suits columns of any scale and categories.
    /// The other row is uniform among those of the same shard: a large batch of a large network is
    /// cut into up to four. A batch of one row stays as it is.
    case swapNoise(rate: Float)
    /// Adds noise of a random level and tells the network the level in one more column.
    ///
    /// In training each row draws u from 0 to 1; y = (x + s·ε, u) with s = `low`·(`high`/`low`)ᵘ:
    /// levels are log-uniform from `low` to `high`, and u is the logarithm of the level on a scale
    /// from 0 to 1. In scoring y = (x, 0): the lowest level, and no noise. (Noise levels as in Song
    /// & Ermon 2019, conditioning by a column.) 0 < `low` < `high`, in the unit of the columns.
    case multiScaleNoise(low: Float, high: Float)

    /// Passes its input a and adds `l1`·(1/B)·Σ|a| to the loss, over rows and columns: a sparse code.
    ///
    /// `l1` is 0 or more, 0.001 to 0.1 are usual.
    case activityPenalty(l1: Float)
    /// Passes its input a and adds `weight`·(1/B)·Σ(a − c)² to the loss, over rows and columns: codes
    /// near a fixed centre c (deep SVDD, Ruff et al. 2018).
    ///
    /// The centre is no parameter but a state tensor, `center`, which begins at 0 and which training
    /// leaves as it is: make a network with ``Network/init(_:tensors:)`` to set it. `weight` is 0 or more.
    case centerPenalty(weight: Float)
    /// Passes its input a and adds `weight`·Σⱼ KL(`target` ‖ mean of column j over the batch) to the
    /// loss (Ng 2011, *Sparse autoencoder*).
    ///
    /// KL(ρ‖ρ̂) = ρ·log(ρ/ρ̂) + (1 − ρ)·log((1 − ρ)/(1 − ρ̂)), in nats, with ρ̂ limited to 10⁻⁶ from 0
    /// and from 1. Follows a sigmoid, whose outputs lie between 0 and 1. `target` is usually 0.05, and
    /// `weight` 0.1 to 3. The mean is of the whole batch, which is then not cut into shards.
    case sparsityPenalty(target: Float = 0.05, weight: Float)
    /// Keeps the `k` elements of each row that are largest by magnitude and sets the others to 0, in
    /// training and in scoring (k-sparse autoencoder, Makhzani & Frey 2013).
    ///
    /// Of equal magnitudes the first ones are kept. 1 to the number of columns.
    case topK(Int)
    /// A latent code drawn from a normal distribution: the middle of a variational autoencoder
    /// (Kingma & Welling 2014).
    ///
    /// The input has 2·`latentSize` columns: means μ, then log variances v (limited to ±20). The
    /// output has `latentSize`: in training z = μ + e^(v/2)·ε, in scoring μ, or a draw of one's
    /// choice (``LatentDraw``). Training adds to the loss
    ///
    ///     klWeight · warm-up · (1/B) Σ max(KLⱼ, freeBits)  +  meanL1 · (1/B) Σ |μⱼ|
    ///
    /// over rows and latent columns, with KLⱼ = (μⱼ² + e^vⱼ − 1 − vⱼ)/2 in nats.
    ///
    /// - Parameters:
    ///   - latentSize: the columns of the code.
    ///   - klWeight: the weight of the divergence, 0 or more. As the loss is a mean over the d target
    ///     columns, the ELBO has 1/d with ``Loss/gaussian`` and ``Loss/binaryCrossEntropy``, and 2σ²/d
    ///     with ``Loss/meanSquaredError`` for noise of variance σ²; β times that is a β-VAE.
    ///   - warmUpSteps: the steps in which the weight grows evenly from 0, 0 by default: none
    ///     (Sønderby et al. 2016).
    ///   - meanL1: the weight of the magnitudes of the means, 0 by default.
    ///   - freeBits: the nats of each latent column of a row that cost nothing more, 0 by default
    ///     (Kingma et al. 2016, there of the batch's mean).
    case variational(
        latentSize: Int,
        klWeight: Float,
        warmUpSteps: Int = 0,
        meanL1: Float = 0,
        freeBits: Float = 0
    )

    /// A convolution of a series or an image (a cross-correlation, as in all frameworks):
    ///
    ///     y[p, o] = b[o] + Σ x[p·stride + t·dilation − padding, i] · W[t, i, o]
    ///
    /// over taps t and the channels i of o's group. The output has
    /// floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1 points along an axis. The
    /// weight is stored channels-last, [kernel height, kernel width, input channels / groups, channels],
    /// without the height for a series; the bias is [channels]. For the ``Initializer``, the terms of
    /// the sum are the input size.
    case convolution(Convolution)
    /// The transpose of a convolution, which makes a series or an image larger: each input adds a window
    /// of weights to the output.
    ///
    ///     y[p·stride + t·dilation − padding, o] += x[p, i] · W[i, t, o]
    ///
    /// The output has (size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1 points
    /// along an axis. The weight is stored [input channels, kernel height, kernel width, channels /
    /// groups], without the height for a series; the bias is [channels].
    case transposedConvolution(TransposedConvolution)
    /// The largest number of each window, channel by channel; of equal ones, the first gets the gradient.
    case maximumPooling(Pooling)
    /// The mean of each window, channel by channel; zeros beyond the border count.
    case averagePooling(Pooling)
    /// A series or an image `factor` times as large.
    case upsampling(factor: PerAxis, interpolation: Interpolation = .nearest)
    /// The same numbers as a flat row.
    case flatten
    /// The same numbers in another shape of as many numbers.
    case reshape(Shape)

    /// Long short-term memory on a series (Hochreiter & Schmidhuber 1997, with the forget gate of Gers,
    /// Schmidhuber & Cummins 2000): a state h and a cell c that begin at 0 and read point by point.
    ///
    ///     i = σ(x Wᵢ + h' Uᵢ + bᵢ)    f = σ(x W_f + h' U_f + b_f)
    ///     g = tanh(x W_g + h' U_g + b_g)    o = σ(x Wₒ + h' Uₒ + bₒ)
    ///     c = f·c' + i·g    h = o·tanh(c)
    ///
    /// where h' and c' are those of the point read before. The tensors hold the gates in this order,
    /// which is that of `torch.nn.LSTM`: `weight` [channels, 4·units] is the transpose of its `weight_ih`,
    /// `recurrent_weight` [units, 4·units] of `weight_hh`, and `bias` [4·units] the sum of its two
    /// biases, which are only ever added. The reverse direction of a bidirectional layer has tensors of
    /// its own, `reverse_weight` and so on.
    ///
    /// First values: with ``Initializer/pytorchUniform`` uniform on ±1/√units, as there; otherwise both
    /// weights are uniform on ±√(6 / (inputs + units)) (each gate's Glorot limit), biases are 0, and
    /// those of the forget gate 1 (Jozefowicz, Zaremba & Sutskever 2015). Training goes back through all
    /// points.
    case lstm(Recurrence)
    /// A gated recurrent unit on a series (Cho et al. 2014): a state h that begins at 0 and reads point
    /// by point.
    ///
    ///     r = σ(x Wᵣ + h' Uᵣ + bᵣ)    z = σ(x W_z + h' U_z + b_z)
    ///     n = tanh(x Wₙ + bₙ + r·(h' Uₙ + cₙ))    h = (1 − z)·n + z·h'
    ///
    /// where h' is that of the point read before. The tensors hold the gates in this order, which is that
    /// of `torch.nn.GRU`, with the reset after the product as there: `weight` [channels, 3·units],
    /// `recurrent_weight` [units, 3·units], `bias` [3·units], and cₙ as `recurrent_bias` [units], the
    /// last third of `bias_hh`; its other thirds are only ever added to `bias_ih`. Other things are as
    /// with ``lstm(_:)``; biases begin at 0.
    case gru(Recurrence)
    /// A row, taken as flat, `count` times as the points of a series: [n] becomes [count, n].
    ///
    /// Between an encoder that returns its last state and a decoder, it makes an autoencoder of series
    /// (Srivastava, Mansimov & Salakhutdinov 2015). A decoder that reads in reverse makes the last point
    /// first, which is that paper's reversed target:
    ///
    ///     [.lstm(units: 64, returnsSequence: false), .repeatVector(count: 30),
    ///      .lstm(units: 64, direction: .reverse), .timeDistributedDense(outputSize: 8)]
    case repeatVector(count: Int)
}
