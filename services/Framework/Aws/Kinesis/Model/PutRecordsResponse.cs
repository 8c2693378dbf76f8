using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

public sealed class PutRecordsResponse : AmazonWebServiceResponse
{
    public int? FailedRecordCount { get; set; }

    /// <summary>One for each record of the request, in its order.</summary>
    public List<PutRecordsResultEntry>? Records { get; set; }

    public EncryptionType? EncryptionType { get; set; }
}
