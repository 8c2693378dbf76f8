using System.Net;
using Amazon.ApiGatewayManagementApi;
using Amazon.ApiGatewayManagementApi.Model;
using Amazon.CloudFormation;
using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using ServerlessCqrs.Aws.Specs.Wire;
using ServerlessCqrs.Aws.Wire;

namespace ServerlessCqrs.Aws.Specs;

/// <summary>
/// An error response becomes the exception of the official package, with its code, message and request id.
/// </summary>
public sealed class ErrorSpecs
{
    private readonly FakeService _service = new();

    [Theory]
    [InlineData("ExpiredIteratorException", typeof(ExpiredIteratorException))]
    [InlineData("InvalidArgumentException", typeof(Amazon.Kinesis.Model.InvalidArgumentException))]
    [InlineData("LimitExceededException", typeof(Amazon.Kinesis.Model.LimitExceededException))]
    [InlineData("ProvisionedThroughputExceededException", typeof(ProvisionedThroughputExceededException))]
    [InlineData("ResourceInUseException", typeof(ResourceInUseException))]
    [InlineData("ResourceNotFoundException", typeof(Amazon.Kinesis.Model.ResourceNotFoundException))]
    [InlineData("com.amazonaws.kinesis#ResourceNotFoundException", typeof(Amazon.Kinesis.Model.ResourceNotFoundException))]
    [InlineData("SomethingNewException", typeof(AmazonKinesisException))]
    public async Task An_error_of_Kinesis_has_its_type(string code, Type exception)
    {
        _service.Answers($$"""{"__type":"{{code}}","message":"because"}""", HttpStatusCode.BadRequest, ("x-amzn-RequestId", "r-1"));
        var kinesis = new AmazonKinesisClient(FakeService.Credentials, Once(new AmazonKinesisConfig()));

        await Refused<AmazonKinesisException>(exception, code.Split('#')[^1], kinesis.ListShardsAsync(new() { StreamName = "s" }));
    }

    [Theory]
    [InlineData("AuthorizationError", typeof(AuthorizationErrorException))]
    [InlineData("BatchRequestTooLong", typeof(BatchRequestTooLongException))]
    [InlineData("InternalError", typeof(InternalErrorException))]
    [InlineData("InvalidParameter", typeof(Amazon.SimpleNotificationService.Model.InvalidParameterException))]
    [InlineData("NotFound", typeof(Amazon.SimpleNotificationService.Model.NotFoundException))]
    [InlineData("Throttled", typeof(ThrottledException))]
    [InlineData("SomethingNew", typeof(AmazonSimpleNotificationServiceException))]
    public async Task An_error_of_SNS_has_its_type(string code, Type exception)
    {
        _service.Answers(
            $"""<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>{code}</Code><Message>because</Message></Error><RequestId>r-1</RequestId></ErrorResponse>""",
            HttpStatusCode.BadRequest);
        var sns = new AmazonSimpleNotificationServiceClient(FakeService.Credentials, Once(new AmazonSimpleNotificationServiceConfig()));

        await Refused<AmazonSimpleNotificationServiceException>(exception, code, sns.CreateTopicAsync(new("t")));
    }

    [Theory]
    [InlineData("AccountSuspendedException", typeof(AccountSuspendedException))]
    [InlineData("AlreadyExistsException", typeof(AlreadyExistsException))]
    [InlineData("BadRequestException", typeof(BadRequestException))]
    [InlineData("LimitExceededException", typeof(Amazon.SimpleEmailV2.Model.LimitExceededException))]
    [InlineData("MailFromDomainNotVerifiedException", typeof(MailFromDomainNotVerifiedException))]
    [InlineData("MessageRejected", typeof(MessageRejectedException))]
    [InlineData("NotFoundException", typeof(Amazon.SimpleEmailV2.Model.NotFoundException))]
    [InlineData("SendingPausedException", typeof(SendingPausedException))]
    [InlineData("TooManyRequestsException", typeof(TooManyRequestsException))]
    [InlineData("SomethingNewException", typeof(AmazonSimpleEmailServiceV2Exception))]
    public async Task An_error_of_SES_has_its_type(string code, Type exception)
    {
        _service.Answers(
            """{"message":"because"}""",
            HttpStatusCode.BadRequest,
            ("x-amzn-ErrorType", code + ":http://internal.amazon.com/coral/com.amazonaws.services.simpleemailv2/"),
            ("x-amzn-RequestId", "r-1"));
        var ses = new AmazonSimpleEmailServiceV2Client(FakeService.Credentials, Once(new AmazonSimpleEmailServiceV2Config()));

        await Refused<AmazonSimpleEmailServiceV2Exception>(exception, code, ses.SendEmailAsync(new()));
    }

    [Theory]
    [InlineData("AccessDenied", typeof(AccessDeniedException))]
    [InlineData("BatchTooLarge", typeof(BatchTooLargeException))]
    [InlineData("InvalidArgument", typeof(Amazon.CloudFront.Model.InvalidArgumentException))]
    [InlineData("NoSuchDistribution", typeof(NoSuchDistributionException))]
    [InlineData("TooManyInvalidationsInProgress", typeof(TooManyInvalidationsInProgressException))]
    [InlineData("SomethingNew", typeof(AmazonCloudFrontException))]
    public async Task An_error_of_CloudFront_has_its_type(string code, Type exception)
    {
        _service.Answers(
            $"""<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>{code}</Code><Message>because</Message></Error><RequestId>r-1</RequestId></ErrorResponse>""",
            HttpStatusCode.BadRequest);
        var cloudFront = new AmazonCloudFrontClient(FakeService.Credentials, Once(new AmazonCloudFrontConfig()));

        await Refused<AmazonCloudFrontException>(exception, code, cloudFront.CreateInvalidationAsync(new("D", new())));
    }

    [Theory]
    [InlineData("DecryptionFailure", typeof(DecryptionFailureException))]
    [InlineData("InternalServiceError", typeof(InternalServiceErrorException))]
    [InlineData("InvalidParameterException", typeof(Amazon.SecretsManager.Model.InvalidParameterException))]
    [InlineData("InvalidRequestException", typeof(InvalidRequestException))]
    [InlineData("ResourceNotFoundException", typeof(Amazon.SecretsManager.Model.ResourceNotFoundException))]
    [InlineData("AccessDeniedException", typeof(AmazonSecretsManagerException))]
    public async Task An_error_of_Secrets_Manager_has_its_type(string code, Type exception)
    {
        _service.Answers($$"""{"__type":"{{code}}","Message":"because"}""", HttpStatusCode.BadRequest, ("x-amzn-RequestId", "r-1"));
        var secrets = new AmazonSecretsManagerClient(FakeService.Credentials, Once(new AmazonSecretsManagerConfig()));

        await Refused<AmazonSecretsManagerException>(exception, code, secrets.GetSecretValueAsync(new() { SecretId = "s" }));
    }

    [Theory]
    [InlineData("ForbiddenException", HttpStatusCode.Forbidden, typeof(ForbiddenException))]
    [InlineData("GoneException", HttpStatusCode.Gone, typeof(GoneException))]
    [InlineData("LimitExceededException", HttpStatusCode.TooManyRequests, typeof(Amazon.ApiGatewayManagementApi.Model.LimitExceededException))]
    [InlineData("PayloadTooLargeException", HttpStatusCode.RequestEntityTooLarge, typeof(PayloadTooLargeException))]
    [InlineData("SomethingNewException", HttpStatusCode.BadRequest, typeof(AmazonApiGatewayManagementApiException))]
    public async Task An_error_of_a_connection_has_its_type(string code, HttpStatusCode status, Type exception)
    {
        var headers = ("x-amzn-ErrorType", code + ":http://internal.amazon.com/coral/com.amazonaws.apigateway/");
        _service.Answers("""{"message":"because"}""", status, headers).Answers("", status, headers).Answers("Gone", status);
        var connections = new AmazonApiGatewayManagementApiClient(FakeService.Credentials, Once(new AmazonApiGatewayManagementApiConfig()));

        foreach (var hasCode in new[] { true, true, false })
        {
            var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => connections.GetConnectionAsync(new() { ConnectionId = "c" }));

            Assert.Equal(status, refusal.StatusCode);
            if (hasCode) Assert.Equal(code, refusal.ErrorCode);
            Assert.IsType(exception, refusal);
        }
    }

    [Fact]
    public async Task A_stack_that_does_not_exist_is_an_error_of_validation()
    {
        _service.Answers(
            """<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>because</Message></Error><RequestId>r-1</RequestId></ErrorResponse>""",
            HttpStatusCode.BadRequest);
        var cloudFormation = new AmazonCloudFormationClient(FakeService.Credentials, Once(new AmazonCloudFormationConfig()));

        await Refused<AmazonCloudFormationException>(typeof(AmazonCloudFormationException), "ValidationError", cloudFormation.DescribeStacksAsync(new() { StackName = "shop" }));
    }

    [Fact]
    public async Task An_answer_that_is_no_answer_of_the_service_is_an_error_with_its_status()
    {
        _service.Answers("<html>Bad Gateway</html>", HttpStatusCode.BadGateway);
        var kinesis = new AmazonKinesisClient(FakeService.Credentials, Once(new AmazonKinesisConfig()));

        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => kinesis.ListShardsAsync(new() { StreamName = "s" }));

        Assert.Equal(HttpStatusCode.BadGateway, refusal.StatusCode);
    }

    private static async Task Refused<T>(Type type, string code, Task call) where T : AmazonServiceException
    {
        var refusal = await Assert.ThrowsAnyAsync<T>(() => call);

        Assert.IsType(type, refusal);
        Assert.Equal((code, "because", HttpStatusCode.BadRequest, "r-1"), (refusal.ErrorCode, refusal.Message, refusal.StatusCode, refusal.RequestId));
    }

    /// <summary>
    /// Disables retries, because some of these errors are retried and the first response matters here.
    /// </summary>
    private T Once<T>(T config) where T : WireConfig
    {
        config.MaxErrorRetry = 0;
        return _service.Behind(config);
    }
}
