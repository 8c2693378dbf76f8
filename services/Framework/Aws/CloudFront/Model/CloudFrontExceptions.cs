using Amazon.Runtime.Internal;

namespace Amazon.CloudFront.Model;

/// <summary>The caller lacks the permission.</summary>
public sealed class AccessDeniedException : AmazonCloudFrontException
{
    public AccessDeniedException(string message) : base(message) { }

    internal AccessDeniedException(ErrorResponse error) : base(error) { }
}

/// <summary>The invalidation has too many paths.</summary>
public sealed class BatchTooLargeException : AmazonCloudFrontException
{
    public BatchTooLargeException(string message) : base(message) { }

    internal BatchTooLargeException(ErrorResponse error) : base(error) { }
}

/// <summary>A path or the caller reference is not valid.</summary>
public sealed class InvalidArgumentException : AmazonCloudFrontException
{
    public InvalidArgumentException(string message) : base(message) { }

    internal InvalidArgumentException(ErrorResponse error) : base(error) { }
}

/// <summary>The distribution does not exist.</summary>
public sealed class NoSuchDistributionException : AmazonCloudFrontException
{
    public NoSuchDistributionException(string message) : base(message) { }

    internal NoSuchDistributionException(ErrorResponse error) : base(error) { }
}

/// <summary>The distribution has 3,000 paths in progress. Wait for them.</summary>
public sealed class TooManyInvalidationsInProgressException : AmazonCloudFrontException
{
    public TooManyInvalidationsInProgressException(string message) : base(message) { }

    internal TooManyInvalidationsInProgressException(ErrorResponse error) : base(error) { }
}
