// The system's BLAS (matrix products) with its thread setting, and the LAPACK inside the same library.
#include <cblas.h>
#include <stddef.h>

// Debian's libopenblas-dev has LAPACK's functions but not its header, so those that are used are
// declared here, as netlib's reference declares them. They are Fortran: everything goes by address,
// matrices are column-major, and the length of each string follows as a hidden last argument.

// Eigenvalues (ascending, in `w`) and, with jobz 'V', eigenvectors (in `a`) of a symmetric matrix.
void dsyevd_(
    const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w,
    double *work, const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info,
    size_t jobz_length, size_t uplo_length);

// A = QR by Householder reflections; Q is kept factored in `a` and `tau`.
void dgeqrf_(
    const blasint *m, const blasint *n, double *a, const blasint *lda, double *tau, double *work,
    const blasint *lwork, blasint *info);

// The first n columns of that Q, written out.
void dorgqr_(
    const blasint *m, const blasint *n, const blasint *k, double *a, const blasint *lda,
    const double *tau, double *work, const blasint *lwork, blasint *info);

// A = LLᵀ of a symmetric positive definite matrix, L in the given triangle of `a`.
void dpotrf_(
    const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info,
    size_t uplo_length);

// The inverse of that A, in the same triangle.
void dpotri_(
    const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info,
    size_t uplo_length);
