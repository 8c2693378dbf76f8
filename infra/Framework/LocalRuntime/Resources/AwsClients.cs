using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// Clients for the stack's AWS services, local or remote. Emulators accept any credentials; these are the customary
/// ones.
/// </summary>
public sealed class AwsClients : IDisposable
{
    public const string Region = "us-east-1";

    public const string AccessKeyId = "test";

    public const string SecretAccessKey = "test";

    public AwsClients(Uri dynamoDb, Uri kinesis, Uri sns, Uri sqs)
    {
        var credentials = new BasicAWSCredentials(AccessKeyId, SecretAccessKey);
        DynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = dynamoDb.ToString(), AuthenticationRegion = Region });
        Kinesis = new AmazonKinesisClient(credentials, new AmazonKinesisConfig { ServiceURL = kinesis.ToString(), AuthenticationRegion = Region });
        Sns = new AmazonSimpleNotificationServiceClient(credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = sns.ToString(), AuthenticationRegion = Region });
        Sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = sqs.ToString(), AuthenticationRegion = Region });
    }

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonKinesis Kinesis { get; }

    public IAmazonSimpleNotificationService Sns { get; }

    public IAmazonSQS Sqs { get; }

    public void Dispose()
    {
        DynamoDb.Dispose();
        Kinesis.Dispose();
        Sns.Dispose();
        Sqs.Dispose();
    }
}
