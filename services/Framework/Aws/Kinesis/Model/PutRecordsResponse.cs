using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

public sealed class PutRecordsResponse : AmazonWebServiceResponse
{
    public int? FailedRecordCount { get; set; }

    /// <summary>One result per record of the request, in the same order.</summary>
    public List<PutRecordsResultEntry>? Records { get; set; }

    public EncryptionType? EncryptionType { get; set; }
}
