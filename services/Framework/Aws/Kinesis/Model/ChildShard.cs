namespace Amazon.Kinesis.Model;

public sealed class ChildShard
{
    public string? ShardId { get; set; }

    public List<string>? ParentShards { get; set; }

    public HashKeyRange? HashKeyRange { get; set; }
}
