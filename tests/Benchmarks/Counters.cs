namespace ServerlessCqrs.Benchmarks;

/// <summary>What a run would have asked of AWS and ClickHouse.</summary>
internal sealed class Counters
{
    public long TipLoads;
    public double ReadUnits;
    public long TipCommits;
    public double WriteUnits;
    public long Inserts;
    public long Publishes;
    public long Messages;

    /// <summary>Of tips and messages: what is sent to be stored or passed on.</summary>
    public long Bytes;

    /// <summary>Calls of the AWS APIs; ClickHouse's inserts stand apart.</summary>
    public long AwsCalls => TipLoads + TipCommits + Publishes;

    /// <summary>Forgets what preparations asked for.</summary>
    public void Reset() => (TipLoads, ReadUnits, TipCommits, WriteUnits, Inserts, Publishes, Messages, Bytes) = (0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>US dollars at list price, without Lambda's and ClickHouse's time.</summary>
    public double Dollars =>
        (WriteUnits * ListPrices.DynamoDbWriteUnit)
        + (ReadUnits * ListPrices.DynamoDbReadUnit)
        + (Messages * ListPrices.SnsPublish);
}
