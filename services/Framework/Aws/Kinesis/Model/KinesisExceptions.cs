using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Model;

/// <summary>The shard iterator is older than five minutes. Get a new one after the last sequence number.</summary>
public sealed class ExpiredIteratorException : AmazonKinesisException
{
    public ExpiredIteratorException(string message) : base(message) { }

    internal ExpiredIteratorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter is out of range, or a sequence number belongs to another shard.</summary>
public sealed class InvalidArgumentException : AmazonKinesisException
{
    public InvalidArgumentException(string message) : base(message) { }

    internal InvalidArgumentException(ErrorResponse error) : base(error) { }
}

/// <summary>There are too many streams, shards, or calls of the control plane.</summary>
public sealed class LimitExceededException : AmazonKinesisException
{
    public LimitExceededException(string message) : base(message) { }

    internal LimitExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>The calls exceed the shard's throughput.</summary>
public sealed class ProvisionedThroughputExceededException : AmazonKinesisException
{
    public ProvisionedThroughputExceededException(string message) : base(message) { }

    internal ProvisionedThroughputExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>The stream already exists, or is not ACTIVE.</summary>
public sealed class ResourceInUseException : AmazonKinesisException
{
    public ResourceInUseException(string message) : base(message) { }

    internal ResourceInUseException(ErrorResponse error) : base(error) { }
}

/// <summary>The stream or shard does not exist.</summary>
public sealed class ResourceNotFoundException : AmazonKinesisException
{
    public ResourceNotFoundException(string message) : base(message) { }

    internal ResourceNotFoundException(ErrorResponse error) : base(error) { }
}
