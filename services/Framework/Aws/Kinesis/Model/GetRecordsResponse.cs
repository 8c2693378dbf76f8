using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

public sealed class GetRecordsResponse : AmazonWebServiceResponse
{
    public List<Record>? Records { get; set; }

    /// <summary>
    /// Null when the shard is closed and was read to its end. Continue with <see cref="ChildShards"/>.
    /// </summary>
    public string? NextShardIterator { get; set; }

    public long? MillisBehindLatest { get; set; }

    public List<ChildShard>? ChildShards { get; set; }
}
