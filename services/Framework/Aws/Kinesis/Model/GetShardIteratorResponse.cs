using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

public sealed class GetShardIteratorResponse : AmazonWebServiceResponse
{
    public string? ShardIterator { get; set; }
}
