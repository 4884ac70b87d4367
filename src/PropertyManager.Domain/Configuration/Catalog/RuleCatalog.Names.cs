using System.Collections.Frozen;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private const string AllBehaviors = """
        adaptiveAcceleration adScalerCircuitBreaker advanced aggregatedReporting akamaizer akamaizerTag allHttpInCacheHierarchy
        allowCachingOnCommercialNetwork allowCloudletsOrigins allowDelete allowHTTPSCacheKeySharing allowHTTPSDowngrade allowOptions allowPatch
        allowPost allowPut allowTransferEncoding altSvcHeader apiPrioritization applicationLoadBalancer audienceSegmentation autoDomainValidation
        baseDirectory bossBeaconing breadcrumbs breakConnection brotli cacheError cacheId cacheKeyIgnoreCase cacheKeyQueryParams cacheKeyRewrite
        cachePost cacheRedirect cacheTag cacheTagVisible caching centralAuthorization chaseRedirects clientCertificateAuth clientCharacteristics
        cloudInterconnects cloudWrapper cloudWrapperAdvanced commonMediaClientData conditionalOrigin constructResponse contentCharacteristics
        contentCharacteristicsAMD contentCharacteristicsDD contentCharacteristicsWsdLargeFile contentCharacteristicsWsdLive
        contentCharacteristicsWsdVod contentPrePosition contentTargetingProtection corsSupport cpCode customBehavior datastream dcp
        dcpAuthHMACTransformation dcpAuthRegexTransformation dcpAuthSubstringTransformation dcpAuthVariableExtractor dcpDefaultAuthzGroups
        dcpDevRelations dcpRealTimeAuth deliveryReceipt denyAccess denyDirectFailoverAccess deviceCharacteristicCacheId deviceCharacteristicHeader
        dnsAsyncRefresh dnsPrefresh downgradeProtocol downloadCompleteMarker downloadNotification downstreamCache dynamicThroughtputOptimization
        dynamicThroughtputOptimizationOverride dynamicWebContent earlyData earlyDataAdvanced earlyHints ecmsBulkUpload ecmsDatabase ecmsDataset
        ecmsObjectKey edgeConnect edgeLoadBalancingAdvanced edgeLoadBalancingDataCenter edgeLoadBalancingOrigin edgeOriginAuthorization
        edgeRedirector edgeScape edgeSideIncludes edgeWorker enforceMtlsSettings enhancedAkamaiProtocol enhancedDebug enhancedProxyDetection
        epdForwardHeaderEnrichment failAction failoverBotManagerFeatureCompatibility fastInvalidate fips firstPartyMarketing
        firstPartyMarketingPlus forwardRewrite g2oheader globalRequestNumber googleTagGateway govCloud graphqlCaching gzipResponse hdDataAdvanced
        healthDetection hsafEipBinding http2 http3 httpStrictTransportSecurity httpToHttpsUpgrade imageAndVideoManager imageManager
        imageManagerVideo imOverride include instant instantConfig largeFileOptimization largeFileOptimizationAdvanced limitBitRate
        localhostLoopbackProtection logCustom manifestPersonalization manifestRerouting manualServerPush mediaAcceleration
        mediaAccelerationQuicOptout mediaClient mediaFileRetrievalOptimization mediaOriginFailover metadataCaching mobileSdkPerformance
        modifyIncomingRequestHeader modifyIncomingResponseHeader modifyOutgoingRequestHeader modifyOutgoingResponseHeader modifyViaHeader mPulse
        mtlsOriginKeystore origin originCharacteristics originCharacteristicsWsd originFailureRecoveryMethod originFailureRecoveryPolicy
        originIpAcl permissionsPolicy persistentClientConnection persistentConnection personallyIdentifiableInformation phasedRelease
        pqcClientToEdge pqcOrigin preconnect predictiveContentDelivery predictivePrefetching prefetch prefetchable prefreshCache quality quicBeta
        randomSeek rapid readTimeout realTimeReporting realUserMonitoring redirect redirectplus refererChecking removeQueryParameter removeVary
        report requestClientHints requestControl requestTypeMarker resourceOptimizer resourceOptimizerExtendedCompatibility responseCode
        responseCookie restrictObjectCaching returnCacheStatus rewriteUrl rumCustom saasDefinitions salesForceCommerceCloudClient
        salesForceCommerceCloudProvider salesForceCommerceCloudProviderHostHeader savePostDcaProcessing scheduleInvalidation scriptManagement
        segmentedContentProtection segmentedMediaOptimization segmentedMediaStreamingPrefetch setVariable simulateErrorCode siteShield
        standardTLSMigration standardTLSMigrationOverride strictHeaderParsing subCustomer sureRoute tcpOptimization teaLeaf tieredDistribution
        tieredDistributionAdvanced tieredDistributionCustomization timeout uidConfiguration validateEntityTag verifyJsonWebToken
        verifyJsonWebTokenForDcp verifyTokenAuthorization videoManagerCloudinary virtualWaitingRoom virtualWaitingRoomWithEdgeWorkers
        visitorPrioritization visitorPrioritizationFifo visitorPrioritizationFifoStandalone visitorPrioritizationQueueIt watermarking
        webApplicationFirewall webdav webSockets
        """;

    private const string AllCriteria = """
        advancedImMatch bucket cacheability chinaCdnRegion clientCertificate clientIp clientIpVersion cloudletsOrigin contentDeliveryNetwork
        contentType debugMode deviceCharacteristic ecmdAuthGroups ecmdAuthScheme ecmdIsAuthenticated ecmdUsername edgeWorkersFailure fileExtension
        filename hostname matchAdvanced matchCpCode matchResponseCode matchVariable metadataStage originTimeout path queryStringParameter random
        recoveryConfig regularExpression requestCookie requestHeader requestMethod requestProtocol requestType responseHeader serverLocation time
        tokenAuthorization userAgent userLocation userNetwork variableError virtualWaitingRoomRequest visitorPrioritizationRequest
        """;

    /// <summary>Every name of a behavior, those that are only kept among them.</summary>
    public static IReadOnlySet<string> BehaviorNames { get; } = Names(AllBehaviors);

    /// <summary>Every name of a criterion, those that are only kept among them.</summary>
    public static IReadOnlySet<string> CriterionNames { get; } = Names(AllCriteria);

    /// <summary>What a behavior is called: its label, or its name in words where it is not described.</summary>
    public static string BehaviorLabel(string name) => Behaviors.GetValueOrDefault(name)?.Label ?? NameWords.Title(name);

    /// <summary>What a criterion is called: its label, or its name in words where it is not described.</summary>
    public static string CriterionLabel(string name) => Criteria.GetValueOrDefault(name)?.Label ?? NameWords.Title(name);

    /// <summary>What an option is called: its label, or its name in words where it is not described.</summary>
    /// <param name="item">The behavior or criterion it belongs to; null where that is not described.</param>
    /// <param name="name">As in the JSON.</param>
    public static string OptionLabel(CatalogItem? item, string name) => item?.Find(name)?.Label ?? NameWords.Sentence(name);

    private static FrozenSet<string> Names(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
