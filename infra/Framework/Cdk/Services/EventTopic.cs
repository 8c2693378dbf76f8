using Amazon.CDK.AWS.SNS;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>The topic that fans out decided events.</summary>
public sealed class EventTopic : Construct
{
    public EventTopic(Construct scope, Topology.Topic topic)
        : base(scope, topic.Name)
    {
        Topic = new Topic(this, "Topic");
        ((CfnTopic)Topic.Node.DefaultChild!).KmsMasterKeyId = "alias/aws/sns";
        // In this version of the CDK, EnforceSSL of the topic itself has no effect.
        new TopicPolicy(this, "TlsOnly", new TopicPolicyProps { Topics = [Topic], EnforceSSL = true });
    }

    public Topic Topic { get; }
}
