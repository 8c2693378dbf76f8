using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using ServerlessCqrs.Topology;
using Topic = Amazon.CDK.AWS.SNS.Topic;

namespace ServerlessCqrs.Cdk.Operations;

/// <summary>
/// The topic of the alarms. CloudWatch may not use AWS's own key for SNS, so this topic has a customer key.
/// </summary>
public sealed class AlertTopic : Construct
{
    public AlertTopic(Construct scope, SystemTopology system, DeploymentOptions options)
        : base(scope, "Alerts")
    {
        var key = new Key(this, "Key", new KeyProps { Description = $"Encrypts the {system.Name}'s alerts", EnableKeyRotation = true, RemovalPolicy = RemovalPolicy.DESTROY });
        key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
            Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resources = ["*"],
            Conditions = ThisAccount(),
        }));
        Topic = new Topic(this, "Topic", new TopicProps { MasterKey = key });
        Topic.AddSubscription(new EmailSubscription(options.AlertEmail));
        // A topic has one policy, which contains both the publishers and the statement that refuses plain HTTP.
        var policy = new TopicPolicy(this, "Policy", new TopicPolicyProps { Topics = [Topic], EnforceSSL = true });
        policy.Document.AddStatements(new PolicyStatement(new PolicyStatementProps
        {
            Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
            Actions = ["sns:Publish"],
            Resources = [Topic.TopicArn],
            Conditions = ThisAccount(),
        }));
    }

    public Topic Topic { get; }

    private Dictionary<string, object> ThisAccount() => new() { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account } };
}
