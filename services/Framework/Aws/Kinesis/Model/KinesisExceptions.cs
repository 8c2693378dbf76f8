using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Model;

/// <summary>The shard iterator is older than five minutes: ask for a new one after the last sequence number.</summary>
public sealed class ExpiredIteratorException : AmazonKinesisException
{
    public ExpiredIteratorException(string message) : base(message) { }

    internal ExpiredIteratorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter is outside of its range, or a sequence number is not of this shard.</summary>
public sealed class InvalidArgumentException : AmazonKinesisException
{
    public InvalidArgumentException(string message) : base(message) { }

    internal InvalidArgumentException(ErrorResponse error) : base(error) { }
}

/// <summary>Too many streams, shards, or calls of the control plane.</summary>
public sealed class LimitExceededException : AmazonKinesisException
{
    public LimitExceededException(string message) : base(message) { }

    internal LimitExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>A shard is asked for more than it gives.</summary>
public sealed class ProvisionedThroughputExceededException : AmazonKinesisException
{
    public ProvisionedThroughputExceededException(string message) : base(message) { }

    internal ProvisionedThroughputExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>The stream exists already, or is not ACTIVE.</summary>
public sealed class ResourceInUseException : AmazonKinesisException
{
    public ResourceInUseException(string message) : base(message) { }

    internal ResourceInUseException(ErrorResponse error) : base(error) { }
}

/// <summary>No such stream or shard.</summary>
public sealed class ResourceNotFoundException : AmazonKinesisException
{
    public ResourceNotFoundException(string message) : base(message) { }

    internal ResourceNotFoundException(ErrorResponse error) : base(error) { }
}
