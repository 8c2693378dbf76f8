namespace ServerlessCqrs.Benchmarks;

/// <summary>Counts the calls to AWS and ClickHouse that a run would have made.</summary>
internal sealed class Counters
{
    public long TipLoads;
    public double ReadUnits;
    public long TipCommits;
    public double WriteUnits;
    public long Inserts;
    public long Publishes;
    public long Messages;

    /// <summary>The bytes of tips and messages that are sent to stores and topics.</summary>
    public long Bytes;

    /// <summary>The calls of AWS APIs, without ClickHouse's inserts.</summary>
    public long AwsCalls => TipLoads + TipCommits + Publishes;

    /// <summary>Resets the counts after the preparation.</summary>
    public void Reset() => (TipLoads, ReadUnits, TipCommits, WriteUnits, Inserts, Publishes, Messages, Bytes) = (0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The costs in US dollars at list price, without Lambda's and ClickHouse's time.</summary>
    public double Dollars =>
        (WriteUnits * ListPrices.DynamoDbWriteUnit)
        + (ReadUnits * ListPrices.DynamoDbReadUnit)
        + (Messages * ListPrices.SnsPublish);
}
