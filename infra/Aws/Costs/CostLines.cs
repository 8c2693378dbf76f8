namespace ServerlessCqrs.Deployment.Costs;

public sealed partial class MonthlyCosts
{
    private const string PartOfTheRest = "its price is part of another line";
    private const string Nothing = "free of charge";

    /// <summary>Types without a line, each with the reason.</summary>
    private static readonly Dictionary<string, string> Free = new()
    {
        ["AWS::ApiGatewayV2::Authorizer"] = PartOfTheRest,
        ["AWS::ApiGatewayV2::Integration"] = PartOfTheRest,
        ["AWS::ApiGatewayV2::Route"] = PartOfTheRest,
        ["AWS::ApiGatewayV2::RouteResponse"] = PartOfTheRest,
        ["AWS::ApiGatewayV2::Stage"] = PartOfTheRest,
        ["AWS::CloudFormation::WaitCondition"] = Nothing,
        ["AWS::CloudFormation::WaitConditionHandle"] = Nothing,
        ["AWS::CloudFront::CachePolicy"] = PartOfTheRest,
        ["AWS::CloudFront::OriginAccessControl"] = PartOfTheRest,
        ["AWS::CloudFront::OriginRequestPolicy"] = PartOfTheRest,
        ["AWS::CloudFront::ResponseHeadersPolicy"] = PartOfTheRest,
        ["AWS::Cognito::UserPool"] = "$0.015 a month for each user who signs in, after 10,000 users (Essentials)",
        ["AWS::Cognito::UserPoolClient"] = PartOfTheRest,
        ["AWS::Cognito::UserPoolDomain"] = PartOfTheRest,
        ["AWS::Cognito::UserPoolGroup"] = PartOfTheRest,
        ["AWS::EC2::InternetGateway"] = Nothing,
        ["AWS::EC2::LaunchTemplate"] = Nothing,
        ["AWS::EC2::Route"] = Nothing,
        ["AWS::EC2::RouteTable"] = Nothing,
        ["AWS::EC2::SecurityGroup"] = Nothing,
        ["AWS::EC2::SecurityGroupIngress"] = Nothing,
        ["AWS::EC2::SubnetRouteTableAssociation"] = Nothing,
        ["AWS::EC2::VPC"] = Nothing,
        ["AWS::EC2::VPCGatewayAttachment"] = Nothing,
        ["AWS::EC2::VolumeAttachment"] = Nothing,
        ["AWS::Events::Rule"] = Nothing,
        ["AWS::IAM::InstanceProfile"] = Nothing,
        ["AWS::IAM::ManagedPolicy"] = Nothing,
        ["AWS::IAM::Policy"] = Nothing,
        ["AWS::IAM::Role"] = Nothing,
        ["AWS::Lambda::EventInvokeConfig"] = PartOfTheRest,
        ["AWS::Lambda::EventSourceMapping"] = PartOfTheRest,
        ["AWS::Lambda::Permission"] = PartOfTheRest,
        ["AWS::Route53::RecordSet"] = PartOfTheRest,
        ["AWS::S3::BucketPolicy"] = PartOfTheRest,
        ["Custom::PageFiles"] = Nothing,
        ["AWS::SES::ConfigurationSet"] = Nothing,
        ["AWS::SES::EmailIdentity"] = "$0.10 a thousand mails",
        ["AWS::SNS::Subscription"] = PartOfTheRest,
        ["AWS::SNS::TopicPolicy"] = PartOfTheRest,
        ["AWS::SQS::QueuePolicy"] = PartOfTheRest,
    };

    /// <param name="What">Its service first.</param>
    /// <param name="Types">The types of resources that it pays for.</param>
    /// <param name="Dollars">A month, by the rate of commands a second.</param>
    private sealed record CostLine(
        string What,
        IReadOnlyList<string> Types,
        Func<double, double> Dollars);
}
