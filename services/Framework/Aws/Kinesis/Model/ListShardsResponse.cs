using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

public sealed class ListShardsResponse : AmazonWebServiceResponse
{
    public List<Shard>? Shards { get; set; }

    public string? NextToken { get; set; }
}
