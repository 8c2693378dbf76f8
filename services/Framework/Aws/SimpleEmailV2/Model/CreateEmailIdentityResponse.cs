using Amazon.Runtime;

namespace Amazon.SimpleEmailV2.Model;

public sealed class CreateEmailIdentityResponse : AmazonWebServiceResponse
{
    public IdentityType? IdentityType { get; set; }

    public bool? VerifiedForSendingStatus { get; set; }
}
